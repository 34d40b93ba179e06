namespace EmbeddedPowerShell;

/// <content>This part reads the command line.</content>
internal sealed partial class CommandLine
{
    private static readonly string[] ExecutionPolicies =
        ["default", "remotesigned", "bypass", "allsigned", "restricted", "unrestricted", "undefined"];

    private readonly string[] args;
    private int index;
    private bool noExitSeen;

    private CommandLine(string[] args) => this.args = args;

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
