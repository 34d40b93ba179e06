using System.ComponentModel;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Starts cores, and sees to it that one can be used.</summary>
internal sealed class CoreStarter(ModuleHost host, HostSettings settings)
{
    private readonly NodeFinder nodes = new(settings);

    /// <summary>By what was found and is a shim (of a version manager, or a .cmd), the Node.js that it starts.</summary>
    private readonly Dictionary<string, string> behindShims = [];

    /// <summary>The executables that do not know the option of <see cref="CoreProcess.NoInspector"/>.</summary>
    private readonly HashSet<string> withoutOption = [];

    /// <summary>Gives the running core, or one that has just been started; <see cref="Confirm"/> waits for its greeting.</summary>
    public Core Connect(PSCmdlet cmdlet)
    {
        if (host.Core is { IsCancelled: true } cancelled && !cancelled.Process.HasExited) host.StopBusyCore(cancelled);
        if (host.Core is { } core)
        {
            if (!core.Process.HasExited) return core;
            RemoveEnded(cmdlet, core);
        }
        if (host.HasLostCore)
        {
            host.HasLostCore = false;
            cmdlet.WriteWarning(
                $"The core of {settings.Name} did not stop when a call was cancelled, and was ended. " +
                "A new one is started, and what the old one held in memory is gone.");
        }
        return Open(cmdlet, [], []);
    }

    /// <summary>
    /// Waits until a new core has greeted. Gives whether it can be used; where its Node.js cannot, the next one
    /// has been started in its place.
    /// </summary>
    public bool Confirm(PSCmdlet cmdlet, Core core, Stopping stopping)
    {
        Version? version;
        try
        {
            (version, var executable) = ReceiveGreeting(core, stopping);
            if (executable is not null && behindShims.TryAdd(core.Node, executable))
            {
                // It would be the shim that is watched and ended.
                host.StopCore("a shim started it");
                Open(cmdlet, [.. core.Tried.Where(each => each != core.Node)], core.Refused);
                return false;
            }
        }
        catch (Failure failure) when (failure.Record.FullyQualifiedErrorId == "CoreEnded")
        {
            if (RestartWithoutOption(cmdlet, core, failure)) return false;
            // One that ends at once may be at fault itself, or have been started by something that is no Node.js or too old.
            version = NodeFinder.AskVersion(core.Node, stopping);
            if (version >= NodeFinder.MinimumVersion) throw;
        }
        if (version is null || version < NodeFinder.MinimumVersion)
        {
            var reason = version is null ? $"{core.Node} is no Node.js that works" : $"{core.Node} is version {version}";
            host.StopCore("its Node.js was refused");
            Open(cmdlet, core.Tried, [.. core.Refused, reason]);
            return false;
        }
        core.IsGreeted = true;
        cmdlet.WriteDebug($"Started the core of {settings.Name} with Node.js {version} from {core.Node}.");
        return true;
    }

    /// <summary>Starts a core with the first Node.js that can be started.</summary>
    private Core Open(PSCmdlet cmdlet, IReadOnlyList<string> triedBefore, IReadOnlyList<string> refusedBefore)
    {
        var file = Path.Combine(settings.Folder, "core", "core.mjs");
        if (!File.Exists(file)) throw CoreMissing(file);
        // Before there is a process, as its warning may end the call.
        var timeout = settings.Timeout(cmdlet);
        List<string> tried = [.. triedBefore];
        List<string> refused = [.. refusedBefore];
        while (true)
        {
            var node = nodes.Find(tried) ?? throw NodeMissing(refused);
            tried.Add(node);
            if (!Path.IsPathFullyQualified(node))
            {
                // Nothing in the current directory is ever run.
                refused.Add($"{node} is not a full path");
                continue;
            }
            try
            {
                return host.Core = Start(node, file, (tried, refused), timeout);
            }
            catch (Win32Exception error)
            {
                refused.Add($"{node} cannot be started ({error.Message})");
            }
        }
    }

    /// <summary>Starts a process, and tells it where to connect to and by which text it is known there.</summary>
    private Core Start(string node, string file, (List<string> Tried, List<string> Refused) nodes, int timeout)
    {
        var environment = new ShellEnvironment();
        // It takes longer to start than the rest of this, which .NET compiles at the first call.
        var process = CoreProcess.Start(behindShims.GetValueOrDefault(node, node), file, environment, !withoutOption.Contains(node));
        CoreConnection? connection = null;
        try
        {
            connection = Listen();
            var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
            process.Tell($$"""{"address":"{{JsonEncodedText.Encode(connection.Address)}}","nonce":"{{nonce}}"}""");
            return new Core(process, connection, settings, environment, node, nodes.Tried, nodes.Refused, timeout) { Nonce = nonce };
        }
        catch
        {
            connection?.Dispose();
            process.End(patience: 0);
            throw;
        }
    }

    private CoreConnection Listen()
    {
        try
        {
            return CoreConnection.Listen();
        }
        catch (IOException error)
        {
            throw new Failure(Records.Error(
                "CoreUnreachable", ErrorCategory.OpenError,
                $"{settings.Name} cannot make the connection to its core in a temporary folder: {error.Message}.",
                "Set the environment variable TMPDIR to a folder that you may write to, with a path of less than 60 characters.", Path.GetTempPath()));
        }
    }

    /// <summary>
    /// Receives the message that a core begins with. Gives the version of the Node.js that it runs on, and where that is not the
    /// process that was started, its executable.
    /// </summary>
    private static (Version? Version, string? Executable) ReceiveGreeting(Core core, Stopping stopping)
    {
        using var document = core.Channel.ReceiveFirst(stopping);
        var (nonce, protocol, node, executable) = ("", "", "", "");
        var isStarted = true;
        if (document.RootElement is { ValueKind: JsonValueKind.Object } message && message.TryGetProperty("params", out var told)
            && told.ValueKind == JsonValueKind.Object)
        {
            nonce = TextIn(told, "nonce");
            if (told.TryGetProperty("protocolVersion", out var version)) protocol = version.GetRawText();
            node = TextIn(told, "nodeVersion");
            executable = TextIn(told, "executable");
            isStarted = !told.TryGetProperty("processId", out var id) || id.GetRawText() == $"{core.Process.Id}";
        }
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(core.Nonce)))
            throw core.Broken("something else connected in its place");
        if (protocol != $"{Protocol.Version}")
            throw core.Broken($"it speaks version '{protocol}' of the protocol and the module version {Protocol.Version}");
        // A nightly build has more after the numbers.
        var known = Version.TryParse(node.Split('-')[0], out var parsed) ? parsed : null;
        return (known, isStarted || !Path.IsPathFullyQualified(executable) || !File.Exists(executable) ? null : executable);
    }

    private static string TextIn(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    /// <summary>
    /// Starts a core again without an option that its Node.js does not know: such a Node.js names the option on stderr, and
    /// ends. Gives whether this was the reason. Which Node.js knows the option is not looked up, as its version is not known yet.
    /// </summary>
    private bool RestartWithoutOption(PSCmdlet cmdlet, Core core, Failure failure)
    {
        var printed = failure.Record.Exception.Data["StandardError"] as string ?? "";
        if (!printed.Contains(CoreProcess.NoInspector) || !withoutOption.Add(core.Node)) return false;
        Open(cmdlet, [.. core.Tried.Where(each => each != core.Node)], core.Refused);
        return true;
    }

    /// <summary>Removes a core that has ended: between two calls, or while a call waits for its greeting and another is made.</summary>
    private void RemoveEnded(PSCmdlet cmdlet, Core core)
    {
        var reason = $"exit code {core.Process.ExitCode}{EndReason.In(core.Process.Errors.End())}";
        host.StopCore("it had ended");
        if (!core.IsGreeted) return;
        cmdlet.WriteWarning(
            $"The core of {settings.Name} ended between two calls ({reason}). " +
            "A new one is started, and what the old one held in memory is gone.");
    }

    private Failure CoreMissing(string file) => new(Records.Error(
        "CoreMissing", ErrorCategory.ObjectNotFound, $"The core of {settings.Name} is missing: there is no file {file}.",
        "Install the module again; in a clone of its repository, run npm run build.", file));

    private Failure NodeMissing(List<string> refused)
    {
        var found = refused.Count > 0 ? $"none is usable: {string.Join("; ", refused)}" : "there is none on the PATH";
        return new Failure(Records.Error(
            "NodeNotFound", ErrorCategory.NotInstalled,
            $"{settings.Name} needs Node.js {NodeFinder.MinimumVersion} or later, and {found}.",
            $"Install a current Node.js, or set the environment variable {settings.Prefix}NODE to the full path of its executable.", "node"));
    }
}
