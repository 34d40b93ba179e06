using System.Diagnostics;
using System.Management.Automation;

namespace EmbeddedPowerShell;

/// <summary>Shows the latest progress record on the line below the cursor of a terminal.</summary>
internal sealed class ProgressLine
{
    // To the next line, which is made at the terminal's end, and back; "\eD" keeps the column where "\n" does not.
    private const string MakeNextLine = "\eD\e[1A";
    private const string ToNextLine = "\e7\e[1B\r";
    private const string ClearAndReturn = "\e[K\e8";

    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch sinceDrawn = new();
    private string? line;

    /// <summary>Takes a record, and shows it unless the last one was shown a moment ago.</summary>
    public void Update(ProgressRecord record, int width)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Reset();
        }
        else if (line is null || sinceDrawn.Elapsed >= RedrawInterval)
        {
            line = Format(record, width);
            sinceDrawn.Restart();
            Show();
        }
    }

    /// <summary>Draws the line, if there is one.</summary>
    public void Show()
    {
        if (line is not null)
        {
            Console.Out.Write(MakeNextLine + ToNextLine + line + ClearAndReturn);
        }
    }

    /// <summary>Clears the line from the terminal, if there is one.</summary>
    public void Hide()
    {
        if (line is not null)
        {
            Console.Out.Write(ToNextLine + ClearAndReturn);
        }
    }

    /// <summary>Forgets the record.</summary>
    public void Reset()
    {
        Hide();
        line = null;
    }

    private static string Format(ProgressRecord record, int width)
    {
        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : string.Empty;
        string text = $"{record.Activity} [{record.StatusDescription}{percent}]".ReplaceLineEndings(" ");
        string shown = text.Length < width ? text : text[..(width - 1)];
        return PSStyle.Instance.OutputRendering == OutputRendering.PlainText
            ? shown
            : PSStyle.Instance.Progress.Style + shown + PSStyle.Instance.Reset;
    }
}
