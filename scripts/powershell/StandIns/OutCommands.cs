using System.Management.Automation;
using System.Text;
using EmbeddedPowerShell;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>What Out-String and Out-File share: the engine's own formatter, whose lines they take.</summary>
public abstract class OutLinesCommand : FrontEndCommandBase
{
    private TextWriter? writer;

    /// <summary>The width in columns; unlimited when not given.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        writer = EngineInternals.SetLineWriter(this, TakeLine, Host.CurrentCulture, Width);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        writer?.Flush();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        writer?.Dispose();
    }

    /// <summary>Takes a formatted line.</summary>
    protected abstract void TakeLine(string line);
}

/// <summary>Out-String: formats objects as text.</summary>
[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : OutLinesCommand
{
    private readonly StringBuilder buffer = new();

    /// <summary>Passes on line by line, rather than one text at the end.</summary>
    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    /// <summary>Leaves out the lines' ends.</summary>
    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!Stream)
        {
            WriteObject(buffer.ToString());
        }
    }

    /// <inheritdoc/>
    protected override void TakeLine(string line)
    {
        if (Stream)
        {
            WriteObject(line);
        }
        else if (NoNewline)
        {
            buffer.Append(line);
        }
        else
        {
            buffer.AppendLine(line);
        }
    }
}

/// <summary>Out-File, by which the engine also redirects: <c>command > file</c>. Writes UTF-8.</summary>
[Cmdlet(VerbsData.Out, "File")]
public sealed class OutFileCommand : OutLinesCommand
{
    private StreamWriter? file;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path")]
    public string FilePath { get; set; } = string.Empty;

    /// <summary>Keeps what the file holds already.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        file = new StreamWriter(SessionState.Path.GetUnresolvedProviderPathFromPSPath(FilePath), Append);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void InternalDispose()
    {
        file?.Dispose();
        base.InternalDispose();
    }

    /// <inheritdoc/>
    protected override void TakeLine(string line) => file?.WriteLine(line);
}
