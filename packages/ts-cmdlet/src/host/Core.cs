using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace TsCmdlet.Host;

/// <summary>A core that was started, and what is known of it.</summary>
internal sealed class Core
{
    private readonly HostSettings settings;
    private readonly Runspace? runspace = Runspace.DefaultRunspace;

    public Core(CoreProcess process, CoreConnection connection, HostSettings settings, ShellEnvironment environment, string node, IReadOnlyList<string> tried, IReadOnlyList<string> refused, int timeout)
    {
        Process = process;
        Connection = connection;
        this.settings = settings;
        Environment = environment;
        Node = node;
        Tried = tried;
        Refused = refused;
        Timeout = timeout;
        Channel = new CoreChannel(this);
        // A runspace that closes runs no script any more.
        if (runspace is not null) runspace.StateChanged += CloseWithRunspace;
    }

    public CoreProcess Process { get; }
    public CoreConnection Connection { get; }
    public CoreChannel Channel { get; }
    public ShellEnvironment Environment { get; }
    public string Node { get; }

    /// <summary>The executables that were tried so far, this one among them.</summary>
    public IReadOnlyList<string> Tried { get; }

    /// <summary>Why each of the others was not taken.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>By what it is known when it connects.</summary>
    public required string Nonce { get; init; }

    /// <summary>Milliseconds that it may say nothing; 0 is no limit.</summary>
    public int Timeout { get; set; }

    /// <summary>Whether it is known to speak the protocol, on a Node.js that is new enough.</summary>
    public bool IsGreeted { get; set; }

    /// <summary>Why it was stopped, once it was.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Whether a call was cancelled since it was last seen to listen.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Whether it has said that it is needed no more, and no record has been sent to it since.</summary>
    public bool IsDone { get; set; }

    /// <summary>How many pipelines it knows of.</summary>
    public int Pipelines { get; set; }

    /// <summary>Whether the last call was one whose user does not see what is printed.</summary>
    public bool HasUnseenCalls { get; set; }

    public string ModuleName => settings.Name;

    /// <summary>Ends it. One that does not end in so many milliseconds is killed.</summary>
    public void Stop(string reason, int patience)
    {
        if (Stopped is not null) return;
        Stopped = reason;
        if (runspace is not null) runspace.StateChanged -= CloseWithRunspace;
        Connection.Dispose();
        Process.End(patience);
    }

    /// <summary>Ends a core that ended by itself or broke the protocol. Gives the error of the call.</summary>
    public Failure Broken(
        string reason, string id = "CoreProtocolFault", ErrorCategory category = ErrorCategory.ProtocolError, string? hint = null)
    {
        var (fault, details) = ("failed", "");
        var wasStopped = Stopped is not null;
        if (wasStopped)
        {
            // By another call, or with the module, while this call was in the middle of something else.
            (id, category, reason, fault) = ("CoreStopped", ErrorCategory.OperationStopped, Stopped!, "was stopped");
        }
        else if (Process.HasExited)
        {
            (id, category) = ("CoreEnded", ErrorCategory.ResourceUnavailable);
            details = Process.Errors.End();
            reason += EndReason.In(details);
        }
        hint ??= IsGreeted || wasStopped
            ? "If it happens again, report it."
            : "If it happens again, the files of the module may be incomplete or changed: install it again, then start a new session.";
        Stop(reason, patience: 0);
        var record = Records.Error(
            id, category, $"The call was not completed, because the core of {ModuleName} {fault}: {reason}.",
            $"Call the cmdlet again: that starts a new core. {hint}", Node);
        // What the runtime printed is for the report, not for the screen.
        if (details != "") record.Exception.Data["StandardError"] = details;
        return new Failure(record);
    }

    /// <summary>Ends a core that has not answered in time.</summary>
    public Failure Silent(string reason) => Broken(
        FormattableString.Invariant($"{reason} for {Timeout / 1000m:0.###} seconds"), "CoreNotResponding", ErrorCategory.OperationTimeout,
        $"Where it needs more time, set the environment variable {settings.Prefix}TIMEOUT to a number of seconds; 0 is no limit.");

    /// <summary>Ends a core whose output is closed.</summary>
    public Failure Closed()
    {
        if (Stopped is null) Process.WaitForExit(1000);
        var code = Stopped is null && Process.HasExited ? $"exit code {Process.ExitCode}" : "its output is closed";
        return Broken($"it ended before it answered ({code})");
    }

    private void CloseWithRunspace(object? sender, RunspaceStateEventArgs change) => Connection.Dispose();

    /// <summary>Asks for something, after what has changed in the shell's environment was told.</summary>
    public void Ask(PSCmdlet cmdlet, ClearedBuffer message, Stopping stopping)
    {
        TellEnvironment(cmdlet, stopping);
        Channel.Send(message, stopping);
        // Where there was no time before: what it does now takes longer, the first time, than to start another process.
        Process.Guard();
    }

    private void TellEnvironment(PSCmdlet cmdlet, Stopping stopping)
    {
        if (Environment.TakeChanges() is not { } changes) return;
        using var buffer = new ClearedBuffer();
        ShellEnvironment.Write(buffer, changes);
        if (buffer.Length >= Protocol.MaximumLine) throw TooLong(cmdlet, buffer.Length);
        Channel.Send(buffer, stopping);
    }

    /// <summary>The failure of a call whose message, of so many bytes without its end, is longer than one may be.</summary>
    public Failure TooLong(PSCmdlet cmdlet, int length) => new(Records.Error(
        "MessageTooLong", ErrorCategory.LimitsExceeded,
        $"What was passed is too long for the core of {settings.Name}: {length + 1} bytes, where {Protocol.MaximumLine} are allowed.",
        "Pass less at a time.", cmdlet.MyInvocation.MyCommand.Name));
}
