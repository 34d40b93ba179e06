using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace EmbeddedPowerShell;

/// <summary>Reads commands from the terminal or from standard input, and runs each once it is complete.</summary>
internal sealed class PromptLoop(Runspace runspace, EmbeddedHost host, bool nested)
{
    private readonly CommandRunner runner = new(runspace, host.Console, nested);
    private StringBuilder? block;
    private bool isExitRequested;

    /// <summary>Runs a loop inside the pipeline that is running, which Ctrl+C then leaves alone.</summary>
    public static void RunNested(Runspace runspace, EmbeddedHost host)
    {
        using IDisposable shield = CommandRunner.ShieldCurrent();
        new PromptLoop(runspace, host, nested: true).Run();
    }

    /// <summary>Runs the loop until <c>exit</c> or the end of the input.</summary>
    public void Run()
    {
        (bool wasRunning, Action? outerExited) = (host.Console.IsRunningPromptLoop, host.NestedPromptExited);
        host.NestedPromptExited = () => isExitRequested = true;
        try
        {
            host.Console.IsRunningPromptLoop = true;
            while (host.ExitCode is null && !isExitRequested)
            {
                string? line = ReadCommandLine();
                if (line is null && Console.IsInputRedirected)
                {
                    break;
                }

                Take(line);
            }
        }
        finally
        {
            (host.Console.IsRunningPromptLoop, host.NestedPromptExited) = (wasRunning, outerExited);
        }
    }

    private string? ReadCommandLine()
    {
        if (!host.Console.NoPrompt)
        {
            if (!host.Console.ReadsFromStdin && host.UI.RawUI.CursorPosition.X != 0)
            {
                host.UI.WriteLine();
            }

            host.UI.Write(block is not null ? ">> " : runner.GetResult("prompt") as string ?? "PS>");
        }

        return host.Console.ReadCommandLine(runner.Complete);
    }

    // An incomplete statement opens a block, which an empty line ends, as with pwsh.
    private void Take(string? line)
    {
        if (line is null)
        {
            block = null;
            host.UI.WriteLine();
        }
        else if (block is null)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                Execute(line);
            }
        }
        else if (string.IsNullOrWhiteSpace(line))
        {
            string text = block.ToString();
            block = null;
            Execute(text);
        }
        else
        {
            block.Append('\n').Append(line);
        }
    }

    private void Execute(string text)
    {
        Exception? exception = runner.RunAndShow(runner.CreatePipeline(text, addToHistory: true));
        if (exception is IncompleteParseException)
        {
            block = new StringBuilder(text);
        }
        else if (exception is not null)
        {
            runner.Report(exception);
        }
    }
}
