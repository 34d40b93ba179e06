using System.Management.Automation.Runspaces;

namespace EmbeddedPowerShell;

/// <summary>What the command line asks for, read by the rules of pwsh.</summary>
internal sealed partial class CommandLine
{
    /// <summary>The exit code for a command line that can't be understood.</summary>
    public const int BadCommandLineExitCode = 64;

    /// <summary>The text of -Command.</summary>
    public string? Command { get; private set; }

    /// <summary>The full path of the script of -File.</summary>
    public string? File { get; private set; }

    /// <summary>The arguments for the script of -File, or for -CommandWithArgs.</summary>
    public IReadOnlyList<CommandParameter> Arguments { get; private set; } = [];

    /// <summary>Whether commands are read from standard input, as "-Command -" and "-File -" ask.</summary>
    public bool ReadsCommandsFromStdin { get; private set; }

    /// <summary>Whether neither a prompt nor an echo is written while commands are read from standard input.</summary>
    public bool NoPrompt { get; private set; }

    /// <summary>Whether the prompt loop follows the command or the script.</summary>
    public bool NoExit { get; private set; } = true;

    /// <summary>Whether every kind of prompt fails.</summary>
    public bool NonInteractive { get; private set; }

    /// <summary>Whether the banner is shown.</summary>
    public bool ShowBanner { get; private set; } = true;

    /// <summary>Whether the version is shown and nothing else done.</summary>
    public bool ShowVersion { get; private set; }

    /// <summary>Whether the usage is shown and nothing else done.</summary>
    public bool ShowHelp { get; private set; }

    /// <summary>Whether this process is to serve a background job of another PowerShell.</summary>
    public bool ServesJob { get; private set; }

    /// <summary>The directory to start in.</summary>
    public string? WorkingDirectory { get; private set; }

    /// <summary>The execution policy for this process.</summary>
    public string? ExecutionPolicy { get; private set; }

    /// <summary>Why the command line can't be understood.</summary>
    public string? Error { get; private set; }
}
