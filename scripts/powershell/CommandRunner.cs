using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EmbeddedPowerShell;

/// <summary>Runs one pipeline at a time, and lets a Ctrl+C stop it.</summary>
internal sealed class CommandRunner(Runspace runspace, HostUserInterface ui, bool nested)
{
    private static volatile RunningScope? current;

    /// <summary>Stops the pipeline that is running, if any; returns when it has ended.</summary>
    public static void StopCurrent() => current?.Stop();

    /// <summary>Makes the running pipeline immune to Ctrl+C while a nested prompt is shown, and undoes that.</summary>
    public static IDisposable ShieldCurrent() => new RunningScope(null);

    /// <summary>Creates an empty pipeline.</summary>
    public Pipeline CreatePipeline() => nested ? runspace.CreateNestedPipeline() : runspace.CreatePipeline();

    /// <summary>Creates a pipeline of a script's text, which goes to the history.</summary>
    public Pipeline CreatePipeline(string script, bool addToHistory) =>
        nested ? runspace.CreateNestedPipeline(script, addToHistory) : runspace.CreatePipeline(script, addToHistory);

    /// <summary>Runs a pipeline, its output and errors shown; returns what ended it early.</summary>
    public Exception? RunAndShow(Pipeline pipeline, bool readsInput = false)
    {
        foreach (Command command in pipeline.Commands)
        {
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true)
        {
            MergeUnclaimedPreviousCommandResults = PipelineResultTypes.Error | PipelineResultTypes.Output,
        });

        using var scope = new RunningScope(pipeline);
        try
        {
            if (!ui.IsInteractive && Console.IsInputRedirected && !nested)
            {
                return RunAsynchronously(pipeline, readsInput);
            }

            pipeline.Invoke();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            ui.ResetProgress();
        }
    }

    /// <summary>Runs a script silently; returns its first output, and null when it fails.</summary>
    public object? GetResult(string script)
    {
        Pipeline pipeline = CreatePipeline(script, addToHistory: false);
        using var scope = new RunningScope(pipeline);
        try
        {
            return pipeline.Invoke().FirstOrDefault()?.BaseObject;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    /// <summary>Completes a command's text at a position, by the engine's own completion.</summary>
    public CommandCompletion? Complete(string text, int cursor)
    {
        using PowerShell powerShell =
            nested ? PowerShell.Create(RunspaceMode.CurrentRunspace) : PowerShell.Create(runspace);
        return CommandCompletion.CompleteInput(text, cursor, options: null, powerShell);
    }

    /// <summary>Shows an exception as the engine shows errors.</summary>
    public void Report(Exception exception)
    {
        ErrorRecord error = exception is IContainsErrorRecord { ErrorRecord: { } record }
            ? record
            : new ErrorRecord(exception, "EmbeddedHost.ReportException", ErrorCategory.NotSpecified, null);
        Pipeline pipeline = CreatePipeline();
        pipeline.Input.Write(EngineInternals.ToErrorStreamObject(error));
        if (RunAndShow(pipeline) is not null)
        {
            ui.WriteErrorLine(exception.Message);
        }
    }

    private static Exception? RunAsynchronously(Pipeline pipeline, bool readsInput)
    {
        using var ended = new ManualResetEventSlim();
        pipeline.StateChanged += (_, e) =>
        {
            if (e.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped)
            {
                ended.Set();
            }
        };

        if (!readsInput)
        {
            pipeline.Input.Close();
        }

        pipeline.InvokeAsync();
        if (readsInput)
        {
            WriteStandardInput(pipeline);
        }

        ended.Wait();
        PipelineStateInfo state = pipeline.PipelineStateInfo;
        return state.State == PipelineState.Failed ? state.Reason : null;
    }

    private static void WriteStandardInput(Pipeline pipeline)
    {
        try
        {
            while (Console.In.ReadLine() is { } line)
            {
                pipeline.Input.Write(line);
            }
        }
        catch (PipelineClosedException)
        {
            // The pipeline ended before its input did.
        }

        pipeline.Input.Close();
    }

    /// <summary>Says for as long as it lives which pipeline Ctrl+C stops.</summary>
    private sealed class RunningScope : IDisposable
    {
        private readonly Lock stopLock = new();
        private readonly RunningScope? outer = current;
        private Pipeline? pipeline;

        public RunningScope(Pipeline? pipeline)
        {
            this.pipeline = pipeline;
            current = this;
        }

        public void Stop()
        {
            lock (stopLock)
            {
                pipeline?.Stop();
            }
        }

        public void Dispose()
        {
            // A stop that is under way has to end before the runspace is given its next pipeline.
            lock (stopLock)
            {
                pipeline = null;
            }

            current = outer;
        }
    }
}
