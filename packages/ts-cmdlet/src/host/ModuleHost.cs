using System.Collections;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>
/// PowerShell's side of one imported module whose cmdlets run in a TypeScript core: starts the core at the first call, speaks
/// with it, and turns what it says into streams, prompts and error records of the calling cmdlet.
/// </summary>
internal sealed class ModuleHost
{
    /// <summary>How long a core may take to hear that a call is cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SecretTickets? secrets;
    private readonly PathParameters? paths;
    private Core? core;
    private int lastPipeline;

    private ModuleHost(PSModuleInfo module, IDictionary settings, ScriptBlock invokeFunction)
    {
        Settings = new HostSettings(module, settings);
        DeserializedObjectAttribute.Define(settings);
        secrets = SecretTickets.Of(settings);
        paths = PathParameters.Of(settings);
        Functions = new HostFunctions(Settings, invokeFunction);
        Starter = new CoreStarter(this, Settings);
    }

    public HostSettings Settings { get; }
    public HostFunctions Functions { get; }
    public CoreStarter Starter { get; }

    /// <summary>The core that runs; null before the first call, and after the core was stopped.</summary>
    public Core? Core
    {
        get => core is { Stopped: null } ? core : null;
        set => core = value;
    }

    /// <summary>Whether a core did not hear that a call was cancelled, which the next call tells.</summary>
    public bool HasLostCore { get; set; }

    /// <summary>
    /// Makes the host of a module that is imported, and its enums. Gives what the module's functions call, as delegates, so that
    /// no type of this assembly is public: each takes $PSCmdlet first. Invoke and Complete return an error that the calling
    /// script has to throw, or null.
    /// </summary>
    /// <param name="settings">what its script says of the module</param>
    /// <param name="invokeFunction">script that calls one of the module's own functions: its name, and named arguments</param>
    /// <param name="remove">script that calls Remove</param>
    public static Hashtable Import(IDictionary settings, ScriptBlock invokeFunction, ScriptBlock remove)
    {
        EnumTypes.Define((IDictionary)settings["Enums"]!);
        var module = invokeFunction.Module;
        module.OnRemove = remove;
        var host = new ModuleHost(module, settings, invokeFunction);
        return new Hashtable
        {
            ["Invoke"] = new Func<PSCmdlet, Dictionary<string, object?>, object?, ErrorRecord?>(host.Invoke),
            ["Open"] = new Func<PSCmdlet, Dictionary<string, object?>, object>(host.OpenPipeline),
            ["Complete"] = new Func<PSCmdlet, object, ErrorRecord?>(host.CompletePipeline),
            ["Close"] = new Action<PSCmdlet, object>(host.ClosePipeline),
            ["CompleteArgument"] = new Func<PSCmdlet, string, string, string, IDictionary, CompletionResult[]>(
                (cmdlet, command, parameter, word, bound) => new Completion(host, cmdlet).Run(command, parameter, word, bound)),
            ["Remove"] = new Action(() => host.StopCore("the module was removed")),
        };
    }

    /// <summary>Ends the core, if there is one. One that does not end in so many milliseconds is killed.</summary>
    public void StopCore(string reason, int patience = 2000)
    {
        Core?.Stop(reason, patience);
        Core = null;
    }

    /// <summary>
    /// Ends a core that does not hear that a call is cancelled, because its handler does not give the event loop back: it has
    /// a moment to say that it is there.
    /// </summary>
    public void StopBusyCore(Core core)
    {
        var timeout = core.Timeout;
        core.Timeout = (int)Grace.TotalMilliseconds;
        var id = core.Channel.Open();
        try
        {
            core.Channel.Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{Protocol.Ping}}"}""", Stopping.None);
            core.Channel.Receive(id, Stopping.None, Grace).Dispose();
        }
        catch (Failure)
        {
            HasLostCore = true;
        }
        finally
        {
            core.Timeout = timeout;
            core.IsCancelled = false;
            core.Channel.Close(id);
        }
    }

    private ErrorRecord? Invoke(PSCmdlet cmdlet, Dictionary<string, object?> bound, object? pipeline)
    {
        try
        {
            var exchanged = Exchange(cmdlet, bound, (pipeline as Pipeline)?.CommandLine);
            return exchanged is null ? null : Run(cmdlet, Protocol.Invoke, exchanged, pipeline as Pipeline);
        }
        finally
        {
            // PowerShell leaves what this record bound there for the next one.
            if (pipeline is Pipeline { CommandLine: var known })
                foreach (var name in bound.Keys.Where(name => !known.ContainsKey(name)).ToList()) bound.Remove(name);
        }
    }

    /// <summary>Begins a pipeline. It costs nothing until the first record.</summary>
    private Pipeline OpenPipeline(PSCmdlet cmdlet, Dictionary<string, object?> bound)
    {
        // A script block that gives the value for each record (about_Script_Blocks, delay-bind) is no value itself.
        var commandLine = bound
            .Where(each => each.Value?.GetType().Name != "DelayedScriptBlockArgument")
            .ToDictionary(each => each.Key, each => each.Value, StringComparer.OrdinalIgnoreCase);
        return new Pipeline(++lastPipeline, Exchange(cmdlet, commandLine, known: null)!);
    }

    /// <summary>What is bound, as the core gets it; null for a record that is left out, as an error of it says.</summary>
    private Dictionary<string, object?>? Exchange(PSCmdlet cmdlet, Dictionary<string, object?> bound, IDictionary<string, object?>? known)
    {
        var redeemed = secrets?.Redeem(bound) ?? bound;
        return paths is null ? redeemed : paths.Resolve(cmdlet, redeemed, known);
    }

    /// <summary>Has the core do what comes after the last record.</summary>
    private ErrorRecord? CompletePipeline(PSCmdlet cmdlet, object pipeline) => Run(cmdlet, Protocol.End, null, (Pipeline)pipeline);

    /// <summary>Tells the core that a pipeline is over: it has ended, failed, or was stopped.</summary>
    private void ClosePipeline(PSCmdlet cmdlet, object? pipeline)
    {
        if (pipeline is not Pipeline { Core: { } core, Id: var id } || core != Core || core.Process.HasExited) return;
        try
        {
            core.Channel.Send($$$"""{"jsonrpc":"2.0","method":"{{{Protocol.Close}}}","params":{"pipeline":{{{id}}}}}""", Stopping.None);
        }
        catch (Failure)
        {
            // The next call tells that the core has ended.
        }
        core.Pipelines--;
        StopDoneCore();
    }

    /// <summary>Ends a core that has said that it is needed no more, unless a call or a pipeline around this one still has it.</summary>
    private void StopDoneCore()
    {
        if (Core is { IsDone: true, Pipelines: 0, Channel.IsInUse: false }) StopCore("it was needed no more");
    }

    private ErrorRecord? Run(PSCmdlet cmdlet, string method, IDictionary<string, object?>? bound, Pipeline? pipeline)
    {
        try
        {
            new CoreCall(this, cmdlet).Run(method, bound, pipeline);
        }
        catch (Failure failure)
        {
            cmdlet.ThrowTerminatingError(failure.Record);
        }
        catch (DownstreamError error)
        {
            return error.Record;
        }
        StopDoneCore();
        return null;
    }
}
