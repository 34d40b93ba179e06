using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using EmbeddedPowerShell.StandIns;

namespace EmbeddedPowerShell;

/// <summary>Runs what the command line asks for in one runspace, and says with which exit code to end.</summary>
internal sealed class Shell(CommandLine commandLine, EmbeddedHost host)
{
    /// <summary>Runs the command, the script or the prompt loop; returns the exit code.</summary>
    public int Run()
    {
        if (commandLine.ExecutionPolicy is not null && OperatingSystem.IsWindows())
        {
            // The engine takes the execution policy of this process and its children from here.
            Environment.SetEnvironmentVariable("PSExecutionPolicyPreference", commandLine.ExecutionPolicy);
        }

        PutOwnDirectoryFirstOnPath();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            Task.Run(CommandRunner.StopCurrent);
        };

        using Runspace runspace = OpenRunspace();
        var runner = new CommandRunner(runspace, host.Console, nested: false);
        host.NestedPromptEntered = () => PromptLoop.RunNested(runspace, host);
        SetWorkingDirectory(runspace, runner);
        bool failed = false;
        if (commandLine.File is not null)
        {
            if (!RunFile(runspace, runner) && !commandLine.NoExit)
            {
                host.SetShouldExit(1);
            }
        }
        else if (!string.IsNullOrEmpty(commandLine.Command))
        {
            failed = !RunCommand(runner);
        }

        if (commandLine.NoExit)
        {
            new PromptLoop(runspace, host, nested: false).Run();
        }

        return host.ExitCode ?? (!failed && runner.GetResult("$global:?") is true ? 0 : 1);
    }

    // So that a script that starts pwsh gets this very one, as with pwsh.
    private static void PutOwnDirectoryFirstOnPath()
    {
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        if (!path.Split(Path.PathSeparator).FirstOrDefault(string.Empty).Equals(own, StringComparison.Ordinal))
        {
            Environment.SetEnvironmentVariable("PATH", $"{own}{Path.PathSeparator}{path}");
        }
    }

    private Runspace OpenRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        StandInCommands.AddTo(state);
        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        if (OperatingSystem.IsWindows())
        {
            runspace.ApartmentState = ApartmentState.STA;
        }

        runspace.Open();
        return runspace;
    }

    // A directory that is not there is reported, and the command runs all the same, as with pwsh.
    private void SetWorkingDirectory(Runspace runspace, CommandRunner runner)
    {
        try
        {
            if (commandLine.WorkingDirectory is { } directory)
            {
                runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(directory));
            }
        }
        catch (RuntimeException exception)
        {
            runner.Report(exception);
        }
    }

    private bool RunFile(Runspace runspace, CommandRunner runner)
    {
        string file = commandLine.File!;
        bool isScriptFile = file.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);

        // A file of another name, started through its "#!" line, is run by its text.
        Command command = isScriptFile
            ? new Command(file, isScript: false, useLocalScope: false)
            : new Command(System.IO.File.ReadAllText(file), isScript: true, useLocalScope: false);
        Pipeline pipeline = runner.CreatePipeline();
        pipeline.Commands.Add(command);
        AddArguments(command);
        if (!commandLine.NoExit)
        {
            EngineInternals.RethrowExit(runspace);
        }

        return RunAndReport(runner, pipeline, () => Parser.ParseFile(file, out _, out _));
    }

    private bool RunCommand(CommandRunner runner)
    {
        string script = commandLine.Command!;
        Pipeline pipeline = runner.CreatePipeline(script, addToHistory: true);
        AddArguments(pipeline.Commands[0]);
        return RunAndReport(runner, pipeline, () => Parser.ParseInput(script, out _, out _));
    }

    private void AddArguments(Command command)
    {
        foreach (CommandParameter argument in commandLine.Arguments)
        {
            command.Parameters.Add(argument);
        }
    }

    private bool RunAndReport(CommandRunner runner, Pipeline pipeline, Func<Ast> parse)
    {
        // A script that names $input gets all of standard input; the prompts then find none.
        bool readsInput = Console.IsInputRedirected && NamesInput(parse());
        host.Console.ReadsFromStdin &= !readsInput;
        Exception? exception = runner.RunAndShow(pipeline, readsInput);
        if (exception is not null)
        {
            runner.Report(exception);
        }

        return exception is null;
    }

    private static bool NamesInput(Ast script) => script.Find(
        ast => ast is VariableExpressionAst { VariablePath: { IsVariable: true, UserPath: var name } }
            && name.Equals("input", StringComparison.OrdinalIgnoreCase),
        searchNestedScriptBlocks: false) is not null;
}
