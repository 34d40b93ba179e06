using System.Management.Automation;
using System.Management.Automation.Host;

namespace EmbeddedPowerShell;

/// <summary>The console. This part writes: each stream goes where pwsh sends it.</summary>
internal sealed partial class HostUserInterface : PSHostUserInterface
{
    // One writer or prompt at a time, whatever runspace it comes from.
    private readonly Lock consoleLock = new();
    private readonly RawUserInterface rawUI = new();
    private readonly ProgressLine progress = new();

    /// <summary>Creates the console for one command line.</summary>
    public HostUserInterface(CommandLine commandLine)
    {
        ReadsFromStdin = commandLine.ReadsCommandsFromStdin || Console.IsInputRedirected;
        NoPrompt = commandLine.NoPrompt;
        nonInteractive = commandLine.NonInteractive;
        commandEditor = new LineEditor(rawUI);

        string? terminal = Environment.GetEnvironmentVariable("TERM");
        SupportsVirtualTerminal =
            terminal != "dumb" && (!OperatingSystem.IsWindows() || WindowsConsole.EnableVirtualTerminal());
        if (terminal is "xterm-mono" or "xtermm" || Environment.GetEnvironmentVariable("NO_COLOR") is not null)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => rawUI;

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal { get; }

    /// <summary>Whether commands are being read, rather than one command or script being run.</summary>
    public bool IsRunningPromptLoop { get; set; }

    /// <summary>Whether a person types the commands.</summary>
    public bool IsInteractive => IsRunningPromptLoop && !ReadsFromStdin;

    /// <inheritdoc/>
    public override void Write(string value)
    {
        lock (consoleLock)
        {
            progress.Hide();
            Console.Out.Write(GetOutputString(value, SupportsVirtualTerminal));
            progress.Show();
        }
    }

    /// <inheritdoc/>
    public override void WriteLine() => Write(Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        lock (consoleLock)
        {
            (ConsoleColor foreground, ConsoleColor background) = (rawUI.ForegroundColor, rawUI.BackgroundColor);
            (rawUI.ForegroundColor, rawUI.BackgroundColor) = (foregroundColor, backgroundColor);
            try
            {
                Write(value);
            }
            finally
            {
                (rawUI.ForegroundColor, rawUI.BackgroundColor) = (foreground, background);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(foregroundColor, backgroundColor, value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (Console.IsErrorRedirected && !IsInteractive)
        {
            Console.Error.WriteLine(GetOutputString(value, SupportsVirtualTerminal));
        }
        else if (SupportsVirtualTerminal)
        {
            // The engine has styled it.
            WriteLine(value);
        }
        else
        {
            WriteLine(ConsoleColor.Red, rawUI.BackgroundColor, value);
        }
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) =>
        WriteStyledLine(FormatStyle.Warning, $"WARNING: {message}");

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) =>
        WriteStyledLine(FormatStyle.Verbose, $"VERBOSE: {message}");

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) =>
        WriteStyledLine(FormatStyle.Debug, $"DEBUG: {message}");

    /// <inheritdoc/>
    public override void WriteInformation(InformationRecord record)
    {
        // A record that is to be seen comes by WriteLine as well.
    }

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (SupportsVirtualTerminal && !Console.IsOutputRedirected)
        {
            lock (consoleLock)
            {
                progress.Update(record, rawUI.WindowSize.Width);
            }
        }
    }

    /// <summary>Takes down the progress display once a command has ended.</summary>
    public void ResetProgress()
    {
        lock (consoleLock)
        {
            progress.Reset();
        }
    }

    private void WriteStyledLine(FormatStyle style, string text)
    {
        if (SupportsVirtualTerminal)
        {
            WriteLine(GetFormatStyleString(style) + text + PSStyle.Instance.Reset);
        }
        else
        {
            WriteLine(ConsoleColor.Yellow, rawUI.BackgroundColor, text);
        }
    }
}
