using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;

namespace EmbeddedPowerShell;

/// <summary>Reads a line from a terminal's keys; with a mask, a history and completion where they are wanted.</summary>
internal sealed class LineEditor(RawUserInterface rawUI)
{
    private readonly List<string> history = [];
    private readonly StringBuilder text = new();
    private int cursor;
    private int historyIndex;
    private int startLeft;
    private int startTop;
    private int shownEnd;
    private CommandCompletion? completion;

    /// <summary>What is shown in place of each character.</summary>
    public char? Mask { get; init; }

    /// <summary>Completes a text at a position; null when Tab does nothing.</summary>
    public Func<string, int, CommandCompletion?>? Complete { get; set; }

    /// <summary>Reads a line; null on Ctrl+C.</summary>
    public string? Read()
    {
        if (!rawUI.CanMoveCursor && Mask is null)
        {
            // The terminal itself echoes and edits.
            return Console.In.ReadLine();
        }

        bool treatsControlCAsInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            text.Clear();
            (cursor, historyIndex) = (0, history.Count);
            (startLeft, startTop) = Console.GetCursorPosition();
            shownEnd = startLeft;
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
                {
                    ShowToEnd();
                    return null;
                }

                // As with pwsh, Ctrl+D leaves a shell of Unix.
                if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && CanExit)
                {
                    text.Append("exit");
                    return Accept();
                }

                if (key.Key == ConsoleKey.Enter)
                {
                    return Accept();
                }

                Take(key);
                Show();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = treatsControlCAsInput;
        }
    }

    private bool CanExit => Complete is not null && text.Length == 0 && !OperatingSystem.IsWindows();

    private string Accept()
    {
        ShowToEnd();
        Console.Out.WriteLine();
        string line = text.ToString();
        if (Complete is not null && !string.IsNullOrWhiteSpace(line))
        {
            history.Add(line);
        }

        return line;
    }

    private void Take(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            CompleteText(forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
            return;
        }

        completion = null;
        switch (key.Key)
        {
            case ConsoleKey.Backspace when cursor > 0:
                text.Remove(--cursor, 1);
                break;
            case ConsoleKey.Delete when cursor < text.Length:
                text.Remove(cursor, 1);
                break;
            case ConsoleKey.LeftArrow:
                cursor = Math.Max(0, cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                cursor = Math.Min(text.Length, cursor + 1);
                break;
            case ConsoleKey.Home:
                cursor = 0;
                break;
            case ConsoleKey.End:
                cursor = text.Length;
                break;
            case ConsoleKey.Escape:
                Replace(string.Empty);
                break;
            case ConsoleKey.UpArrow when historyIndex > 0:
                Replace(history[--historyIndex]);
                break;
            case ConsoleKey.DownArrow when historyIndex < history.Count:
                historyIndex++;
                Replace(historyIndex < history.Count ? history[historyIndex] : string.Empty);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    text.Insert(cursor++, key.KeyChar);
                }

                break;
        }
    }

    private void CompleteText(bool forward)
    {
        completion ??= Complete?.Invoke(text.ToString(), cursor);
        if (completion?.GetNextResult(forward) is { } result)
        {
            text.Remove(completion.ReplacementIndex, completion.ReplacementLength);
            text.Insert(completion.ReplacementIndex, result.CompletionText);
            completion.ReplacementLength = result.CompletionText.Length;
            cursor = completion.ReplacementIndex + completion.ReplacementLength;
        }
    }

    private void Replace(string replacement)
    {
        text.Clear().Append(replacement);
        cursor = text.Length;
    }

    private void ShowToEnd()
    {
        cursor = text.Length;
        Show();
    }

    private void Show()
    {
        string shown = Mask is { } mask ? new string(mask, text.Length) : text.ToString();
        Size size = rawUI.BufferSize;
        int end = Advance(shown, size.Width);

        // One blank at least: a terminal goes on to the next row only once a full row is followed by something.
        int blanks = Math.Max(0, shownEnd - end) + 1;
        Console.SetCursorPosition(startLeft, startTop);
        Console.Out.Write(shown + new string(' ', blanks));
        shownEnd = end;

        // What was written may have scrolled the start up.
        int lastRow = (end + blanks - 1) / size.Width;
        startTop = Math.Min(startTop, size.Height - 1 - lastRow);
        int position = Advance(shown[..cursor], size.Width);
        Console.SetCursorPosition(position % size.Width, Math.Max(0, startTop + (position / size.Width)));
    }

    /// <summary>Counts the cells from the left of the first row to the end of what is shown.</summary>
    private int Advance(string shown, int width)
    {
        int position = startLeft;
        foreach (char c in shown)
        {
            int cells = rawUI.LengthInBufferCells(c);

            // A wide character is not split at the end of a row.
            position += cells == 2 && position % width == width - 1 ? cells + 1 : cells;
        }

        return position;
    }
}
