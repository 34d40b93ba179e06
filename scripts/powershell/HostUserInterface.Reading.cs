using System.Management.Automation;
using System.Security;
using System.Text;

namespace EmbeddedPowerShell;

/// <content>This part reads lines: from a terminal's keys, or from standard input as text.</content>
internal sealed partial class HostUserInterface
{
    // In application mode .NET understands the cursor keys; other programs expect the normal mode.
    private const string CursorKeysForUs = "\e[?1h";
    private const string CursorKeysForOthers = "\e[?1l";

    private readonly LineEditor commandEditor;
    private readonly bool nonInteractive;

    /// <summary>Whether lines come from standard input as text.</summary>
    public bool ReadsFromStdin { get; set; }

    /// <summary>Whether commands are read without a prompt and without an echo.</summary>
    public bool NoPrompt { get; }

    /// <inheritdoc/>
    public override string ReadLine()
    {
        ThrowIfNonInteractive();

        // At the end of standard input the line is null, as with pwsh.
        return ReadsFromStdin ? ReadLineFromStdin()! : ReadKeysOrStop(new LineEditor(rawUI));
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        ThrowIfNonInteractive();
        var secure = new SecureString();
        foreach (char c in ReadKeysOrStop(new LineEditor(rawUI) { Mask = '*' }))
        {
            secure.AppendChar(c);
        }

        return secure;
    }

    /// <summary>Reads a line for the prompt loop; null at the end of standard input, and on Ctrl+C.</summary>
    public string? ReadCommandLine(Func<string, int, CommandCompletion?> complete)
    {
        if (ReadsFromStdin)
        {
            return ReadLineFromStdin();
        }

        commandEditor.Complete = complete;
        if (!SupportsVirtualTerminal)
        {
            return commandEditor.Read();
        }

        Console.Out.Write(CursorKeysForUs);
        string? line = commandEditor.Read();
        Console.Out.Write(CursorKeysForOthers);
        return line;
    }

    // A prompt that is cancelled stops the pipeline that shows it, and so does one for keys where there is no keyboard.
    private string ReadKeysOrStop(LineEditor editor)
    {
        lock (consoleLock)
        {
            progress.Hide();
            return (Console.IsInputRedirected ? null : editor.Read()) ?? throw new PipelineStoppedException();
        }
    }

    // Echoes what it reads, as pwsh does, unless there is no prompt either.
    private string? ReadLineFromStdin()
    {
        var line = new StringBuilder();
        while (true)
        {
            int next = Console.In.Read();
            if (next == -1)
            {
                return line.Length == 0 ? null : line.ToString();
            }

            char c = (char)next;
            Echo(c);
            if (c == '\r' && Console.In.Peek() == '\n')
            {
                c = (char)Console.In.Read();
                Echo(c);
            }

            switch (c)
            {
                case '\r' or '\n':
                    return line.ToString();
                case '\b' when !NoPrompt:
                    line.Length = Math.Max(0, line.Length - 1);
                    break;
                default:
                    line.Append(c);
                    break;
            }
        }
    }

    private void Echo(char c)
    {
        if (!NoPrompt)
        {
            Console.Out.Write(c);
        }
    }

    private void ThrowIfNonInteractive()
    {
        if (nonInteractive)
        {
            throw new PSInvalidOperationException(
                "PowerShell is in NonInteractive mode: it can neither read nor prompt.");
        }
    }
}
