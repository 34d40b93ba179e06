using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TsCmdlet.Host;

/// <summary>The process of a core.</summary>
internal sealed class CoreProcess
{
    /// <summary>Without it SIGUSR1, or what Windows has instead, opens Node.js' debugger to every local user.</summary>
    public const string NoInspector = "--disable-sigusr1";

    /// <summary>For the cores of 64 runspaces, on Windows.</summary>
    private const int PoolThreads = 128;

    private readonly Process process;
    private CoreGuard? guard;

    private CoreProcess(Process process)
    {
        this.process = process;
        Id = process.Id;
        Output = new PrintedText(process.StandardOutput.BaseStream);
        Errors = new PrintedText(process.StandardError.BaseStream);
    }

    public int Id { get; }

    /// <summary>What is printed to standard output.</summary>
    public PrintedText Output { get; }

    /// <summary>What is printed to standard error.</summary>
    public PrintedText Errors { get; }

    public bool HasExited => process.HasExited;
    public int ExitCode => process.ExitCode;

    /// <summary>
    /// Starts a core, which reads one line (<see cref="Tell"/>) before it does anything. Throws <see cref="Win32Exception"/> where the executable
    /// cannot be started.
    /// </summary>
    /// <param name="node">the full path of a Node.js</param>
    /// <param name="file">the core's file</param>
    /// <param name="environment">the core's environment</param>
    /// <param name="knowsOption">whether this Node.js knows <see cref="NoInspector"/></param>
    public static CoreProcess Start(string node, string file, ShellEnvironment environment, bool knowsOption)
    {
        if (OperatingSystem.IsWindows()) AddPoolThreads();
        var start = new ProcessStartInfo(node)
        {
            CreateNoWindow = true,
            // A folder that nobody moves or deletes: on Windows it cannot be while a process is in it.
            WorkingDirectory = Path.GetPathRoot(file),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (knowsOption) start.ArgumentList.Add(NoInspector);
        start.ArgumentList.Add(file);
        environment.CopyTo(start);
        var process = Process.Start(start)!;
        CoreDump.Forbid(process.Id);
        return new CoreProcess(process);
    }

    /// <summary>Writes the line that its standard input is, and ends that. The line may hold a secret.</summary>
    public void Tell(string line)
    {
        try
        {
            using var stream = process.StandardInput.BaseStream;
            stream.Write(Encoding.UTF8.GetBytes($"{line}\n"));
        }
        catch (IOException)
        {
            // It has ended already, which is seen next.
        }
    }

    /// <summary>Has it end with this process, whatever it does. Until then the end of its standard input or of its connection does.</summary>
    public void Guard() => guard ??= CoreGuard.Of(process);

    /// <summary>Gives a core whose connection has ended the moment that it needs to be seen as ended, with its exit code.</summary>
    public void WaitForExit(int milliseconds) => process.WaitForExit(milliseconds);

    /// <summary>Waits for the end of a core that was asked to end. One that has not ended after so many milliseconds is killed.</summary>
    public void End(int patience)
    {
        try
        {
            if (!process.WaitForExit(patience)) Kill(process);
        }
        finally
        {
            guard?.Dispose();
            process.Dispose();
        }
    }

    /// <summary>Kills a process alone. One that has ended meanwhile is no error.</summary>
    public static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It ended in between, or the system has ended it and does not let it be touched.
        }
    }

    /// <summary>
    /// Has .NET start threads of its pool without delay. On Windows a process's streams cannot wait without one: each core
    /// takes two of them, and beyond the number of processors .NET starts about one a second.
    /// </summary>
    private static void AddPoolThreads()
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        if (threads < PoolThreads) ThreadPool.SetMinThreads(PoolThreads, ports);
    }
}
