using System.Management.Automation;
using EmbeddedPowerShell;

namespace Microsoft.PowerShell.Commands;

/// <summary>Start-Transcript: has the engine keep a record of the session in a file.</summary>
[Cmdlet(VerbsLifecycle.Start, "Transcript")]
public sealed class StartTranscriptCommand : PSCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Writes a short heading.</summary>
    [Parameter]
    public SwitchParameter UseMinimalHeader { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        File.WriteAllText(file, string.Empty);
        EngineInternals.StartTranscribing(Host.UI, file, UseMinimalHeader);
        var started = new PSObject($"Transcript started, output file is {file}");
        started.Properties.Add(new PSNoteProperty("Path", file));
        WriteObject(started);
    }
}

/// <summary>Stop-Transcript: ends the record.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Transcript")]
[OutputType(typeof(string))]
public sealed class StopTranscriptCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string file = EngineInternals.StopTranscribing(Host.UI);
        WriteObject($"Transcript stopped, output file is {file}");
    }
}
