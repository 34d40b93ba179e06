using System.Management.Automation;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>One call of a cmdlet, from its parameters to its end.</summary>
internal sealed class CoreCall(ModuleHost host, PSCmdlet cmdlet)
{
    private static readonly string[] Preferences =
    [
        "ErrorActionPreference", "WarningPreference", "VerbosePreference", "DebugPreference", "InformationPreference",
        "ProgressPreference", "WhatIfPreference", "ConfirmPreference",
    ];

    /// <summary>How long the end of what was printed is waited for.</summary>
    private const int MillisecondsForPrint = 1000;

    private readonly Stopping stopping = new(cmdlet);

    /// <summary>Whether the user sees the records of the debug stream.</summary>
    private bool isDebugSeen;

    /// <summary>Sends a request to the core, and does what the core asks and tells until it answers.</summary>
    public void Run(string method, IDictionary<string, object?>? bound, Pipeline? pipeline)
    {
        TakePreferences();
        isDebugSeen = IsDebugSeen();
        Core? core = null;
        var id = 0;
        var (isAnswered, isDealing) = (false, false);
        try
        {
            for (var isSent = false; !isSent;)
            {
                core = host.Starter.Connect(cmdlet);
                id = core.Channel.Open();
                isSent = Send(core, id, method, bound, pipeline);
            }
            while (!isAnswered)
            {
                using var document = core!.Channel.Receive(id, stopping);
                var message = document.RootElement;
                isDealing = true;
                ShowPrinted(core);
                if (message.TryGetProperty("method", out var told)) new CoreRequests(host, cmdlet, core, stopping).Deal(told, message);
                else
                {
                    isAnswered = true;
                    if (isDebugSeen) AwaitPrinted(core, id);
                    ShowPrinted(core);
                    if (message.TryGetProperty("error", out var failure)) throw FailureOf(core, failure);
                }
                isDealing = false;
            }
        }
        finally
        {
            if (isAnswered) core!.Channel.Close(id);
            else if (core is not null) Abandon(core, id, isDealing);
        }
    }

    /// <summary>A script function sees its module's preferences; a compiled cmdlet sees its caller's, and so does this call.</summary>
    private void TakePreferences()
    {
        foreach (var preference in Preferences)
        {
            if (cmdlet.GetVariableValue(preference) is { } callers) host.Settings.Module.SessionState.PSVariable.Set(preference, callers);
        }
    }

    private bool IsDebugSeen() =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("Debug", out var isAsked)
            ? LanguagePrimitives.IsTrue(isAsked)
            : LanguagePrimitives.TryConvertTo<ActionPreference>(cmdlet.GetVariableValue("DebugPreference"), out var preference)
                && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>What the core prints comes another way than its answer, so it marks there how far it was.</summary>
    private static void AwaitPrinted(Core core, int id)
    {
        core.Process.Output.WaitForAllOf(id, MillisecondsForPrint);
        core.Process.Errors.WaitForAllOf(id, MillisecondsForPrint);
    }

    private static void ForgetPrinted(Core core)
    {
        core.Process.Output.ForgetBeforeNextCall();
        core.Process.Errors.ForgetBeforeNextCall();
    }

    private void ShowPrinted(Core core)
    {
        foreach (var printed in (PrintedText[])[core.Process.Output, core.Process.Errors])
        {
            if (!isDebugSeen) printed.Discard();
            else
                while (printed.TryTake(out var line)) cmdlet.WriteDebug(line);
        }
    }

    /// <summary>Sends the call. False where the core cannot be used, and another has been started in its place.</summary>
    private bool Send(Core core, int id, string method, IDictionary<string, object?>? bound, Pipeline? pipeline)
    {
        using var buffer = new ClearedBuffer();
        var isFirst = pipeline is not null && JoinPipeline(core, pipeline);
        new CallMessage(cmdlet, host.Settings).Write(buffer, id, method, bound, pipeline, isFirst, isDebugSeen);
        if (buffer.Length >= Protocol.MaximumLine) throw core.TooLong(cmdlet, buffer.Length);
        // A new core starts while the message is made.
        if (!core.IsGreeted && !host.Starter.Confirm(cmdlet, core, stopping)) return false;
        if (isDebugSeen && core.HasUnseenCalls) ForgetPrinted(core);
        core.HasUnseenCalls = !isDebugSeen;
        if (method == Protocol.Invoke) core.IsDone = false;
        core.Ask(cmdlet, buffer, stopping);
        return true;
    }

    /// <summary>
    /// Joins a core to a pipeline. True for the first message that it gets of it. The records before are lost with the core
    /// that had them, and so is the pipeline.
    /// </summary>
    private bool JoinPipeline(Core core, Pipeline pipeline)
    {
        if (pipeline.Core == core) return false;
        if (pipeline.Core?.IsGreeted == true)
        {
            throw new Failure(Records.Error(
                "PipelineLost", ErrorCategory.ResourceUnavailable,
                $"The core of {host.Settings.Name} ended in the middle of a pipeline, and what it knew of the records before is gone.",
                "Run the whole pipeline again.", cmdlet.MyInvocation.MyCommand.Name));
        }
        pipeline.Core = core;
        core.Pipelines++;
        return true;
    }

    /// <summary>Deals with a call that was left unanswered: by Ctrl+C, a downstream command that has enough, or a fault.</summary>
    private void Abandon(Core core, int id, bool isDealing)
    {
        // Of a new core, the greeting may not be sent, or be read and lost: the next call would wait for the answer.
        if (host.Core is { IsGreeted: false })
        {
            host.StopCore("a call was stopped while it started", patience: 0);
            return;
        }
        core.Channel.Close(id);
        if (core != host.Core || core.Stopped is not null) return;
        try
        {
            core.Channel.Send($$$"""{"jsonrpc":"2.0","method":"{{{Protocol.Cancel}}}","params":{"id":{{{id}}}}}""", Stopping.None);
            // Ctrl+C ends the waiting at once, and what does not stop then; anything else may leave it to the next call.
            core.IsCancelled = true;
            if (!isDealing) host.StopBusyCore(core);
        }
        catch (Failure)
        {
            // The core has ended. What ends this call is told already.
        }
    }

    private Failure FailureOf(Core core, JsonElement failure)
    {
        try
        {
            if (failure.TryGetProperty("data", out var data)) return new Failure(Records.Error(new Member(data, "error")));
            return new Failure(Records.Error(
                "CoreRefusedCall", ErrorCategory.ProtocolError,
                $"The core of {host.Settings.Name} refused the call: {new Member(failure, "error")["message"].Text}.",
                "Its files may be of different versions: install the module again, then start a new session."));
        }
        catch (Exception error) when (error is MalformedMessage or InvalidOperationException)
        {
            return core.Broken("its error lacks what an error must have");
        }
    }
}
