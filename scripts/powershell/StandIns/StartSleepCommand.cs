using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Start-Sleep: waits, until Ctrl+C at the latest.</summary>
[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleepCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim stopped = new();

    /// <summary>How many seconds to wait.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Seconds", ValueFromPipeline = true)]
    [ValidateRange(0.0, int.MaxValue / 1000)]
    public double Seconds { get; set; }

    /// <summary>How many milliseconds to wait.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds")]
    [ValidateRange(0, int.MaxValue)]
    [Alias("ms")]
    public int Milliseconds { get; set; }

    /// <inheritdoc/>
    public void Dispose() => stopped.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        stopped.Wait(ParameterSetName == "Seconds" ? (int)(Seconds * 1000) : Milliseconds);

    /// <inheritdoc/>
    protected override void StopProcessing() => stopped.Set();
}
