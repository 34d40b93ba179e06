using System.Management.Automation;
using System.Text;
using EmbeddedPowerShell;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>Format-Table, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Creates the command.</summary>
    public FormatTableCommand() => EngineInternals.SetFormatter(this, shape: "Table");
}

/// <summary>Format-List, by the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Creates the command.</summary>
    public FormatListCommand() => EngineInternals.SetFormatter(this, shape: "List");
}

/// <summary>Out-String, by the engine's own formatter.</summary>
[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringBuilder buffer = new();
    private TextWriter? writer;

    /// <summary>Passes on line by line, rather than one text at the end.</summary>
    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    /// <summary>The width in columns; unlimited when not given.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    /// <summary>Leaves out the lines' ends.</summary>
    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

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
        if (!Stream)
        {
            WriteObject(buffer.ToString());
        }
    }

    private void TakeLine(string line)
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
