using System.Management.Automation.Runspaces;

namespace EmbeddedPowerShell;

/// <summary>What the command line asks for, read by the rules of pwsh.</summary>
internal sealed class CommandLine
{
    /// <summary>The exit code for a command line that can't be understood.</summary>
    public const int BadCommandLineExitCode = 64;

    private static readonly string[] ExecutionPolicies =
        ["default", "remotesigned", "bypass", "allsigned", "restricted", "unrestricted", "undefined"];

    private readonly string[] args;
    private int index;
    private bool noExitSeen;

    private CommandLine(string[] args) => this.args = args;

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

    /// <summary>Reads the command line.</summary>
    public static CommandLine Parse(string[] args)
    {
        var commandLine = new CommandLine(args);
        commandLine.ParseAll();
        return commandLine;
    }

    private void ParseAll()
    {
        for (; index < args.Length && Error is null && !ShowVersion; index++)
        {
            ParseParameter(CommandLineParameters.Find(args[index].Trim()));
        }
    }

    private void ParseParameter(string? name)
    {
        switch (name)
        {
            case "version":
                ShowVersion = true;
                break;
            case "help" or "?":
                ShowHelp = true;
                break;
            case "login" or "noprofileloadtime" or "noprofile":
                break;
            case "noexit":
                noExitSeen = true;
                NoExit = true;
                break;
            case "servermode":
                ServesJob = true;
                ShowBanner = false;
                break;
            case "nologo":
                ShowBanner = false;
                break;
            case "noninteractive":
                NonInteractive = true;
                break;
            case "interactive":
                NonInteractive = false;
                break;
            case "command":
                ParseCommand(hasArguments: false);
                break;
            case "commandwithargs" or "cwa":
                ParseCommand(hasArguments: true);
                break;
            case "file":
                index++;
                ParseFile();
                break;
            case "outputformat" or "of" or "inputformat" or "if":
                ParseFormat(name);
                break;
            case "executionpolicy" or "ep":
                ExecutionPolicy = NextArgument("-ExecutionPolicy needs the name of an execution policy.");
                if (ExecutionPolicy is not null && !ExecutionPolicies.Contains(ExecutionPolicy.ToLowerInvariant()))
                {
                    Error = $"'{ExecutionPolicy}' is not an execution policy.";
                }

                break;
            case "workingdirectory" or "wd":
                WorkingDirectory = NextArgument("-WorkingDirectory needs the path of a directory.");
                break;
            case null:
                ParseFile();
                break;
            default:
                Error = $"The embedded PowerShell does not support -{name}.";
                break;
        }
    }

    private string? NextArgument(string errorWhenMissing)
    {
        index++;
        if (index < args.Length)
        {
            return args[index];
        }

        Error = errorWhenMissing;
        return null;
    }

    private void ParseFormat(string name)
    {
        string? format = NextArgument($"-{name} needs a format: Text.");
        if (format is not null && !format.Equals("Text", StringComparison.OrdinalIgnoreCase))
        {
            Error = $"'{format}' is not a format that the embedded PowerShell supports; it is always Text.";
        }
    }

    private void ParseCommand(bool hasArguments)
    {
        if (Command is not null)
        {
            Error = "A command was given twice.";
            return;
        }

        string? text = NextArgument("-Command needs a command.");
        if (text is null)
        {
            return;
        }

        ShowBanner = false;
        if (text == "-")
        {
            ReadsCommandsFromStdin = true;
            NoPrompt = true;
            index++;
            if (index < args.Length)
            {
                Error = "No arguments may follow '-Command -'.";
            }
            else if (!Console.IsInputRedirected)
            {
                Error = "'-Command -' reads standard input, which is not redirected.";
            }

            return;
        }

        NoExit = noExitSeen;
        Command = hasArguments ? text : string.Join(' ', args[index..]);
        Arguments = hasArguments ? [.. ScriptArguments.Parse(args[(index + 1)..])] : [];
        index = args.Length;
    }

    private void ParseFile()
    {
        if (index >= args.Length)
        {
            Error = "-File needs the path of a script.";
            return;
        }

        string path = args[index];
        ShowBanner = ShowBanner && noExitSeen;
        if (path == "-")
        {
            ReadsCommandsFromStdin = true;
            return;
        }

        NoExit = noExitSeen;
        if (!System.IO.File.Exists(path))
        {
            Error = path.Length > 1 && path[0] == '-' ? DescribeUnknownParameter(path) : DescribeMissingFile(path);
            return;
        }

        if (OperatingSystem.IsWindows() && !path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            Error = $"The script '{path}' of -File has no '.ps1' extension.";
            return;
        }

        File = Path.GetFullPath(path);
        Arguments = [.. ScriptArguments.Parse(args[(index + 1)..])];
        index = args.Length;
    }

    private static string DescribeMissingFile(string path) =>
        $"The argument '{path}' is not the path of a script. Check the spelling, and that the file exists.";

    private static string DescribeUnknownParameter(string arg)
    {
        string[] similar = [.. CommandLineParameters.FindSimilar(arg[1..])];
        return similar.Length == 0
            ? DescribeMissingFile(arg)
            : $"Unknown argument '{arg}'. Is one of these meant? {string.Join(", ", similar)}";
    }
}
