using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TsCmdlet.Host;

/// <summary>The process of a core, with its pipes.</summary>
internal sealed class CoreProcess
{
    /// <summary>Without it SIGUSR1, or what Windows has instead, opens Node.js' debugger to every local user.</summary>
    public const string NoInspector = "--disable-sigusr1";

    /// <summary>How much of what a core prints is kept for a report, in bytes.</summary>
    private const int KeptPrint = 64 * 1024;

    /// <summary>For the cores of 64 runspaces, on Windows.</summary>
    private const int PoolThreads = 128;

    private readonly Process process;
    private readonly byte[] print = new byte[KeptPrint];
    private readonly Task printing;
    private int printed;

    private CoreProcess(Process process)
    {
        this.process = process;
        // Windows' own stream has a buffer, which only its text writer empties.
        var input = process.StandardInput.BaseStream;
        Input = OperatingSystem.IsWindows() && input is FileStream file ? new FileStream(file.SafeFileHandle, FileAccess.Write, bufferSize: 0) : input;
        Output = process.StandardOutput.BaseStream;
        printing = KeepBeginning(process.StandardError.BaseStream);
    }

    public Stream Input { get; }
    public Stream Output { get; }
    public bool HasExited => process.HasExited;
    public int ExitCode => process.ExitCode;

    /// <summary>Starts a core. Throws <see cref="Win32Exception"/> where the executable cannot be started.</summary>
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
        return new CoreProcess(Process.Start(start)!);
    }

    /// <summary>Gives a core whose pipes are closed the moment that it needs to be seen as ended, with its exit code.</summary>
    public void WaitForExit(int milliseconds) => process.WaitForExit(milliseconds);

    /// <summary>Ends the core: closing its input asks it to. One that has not ended after so many milliseconds is killed.</summary>
    public void End(int patience)
    {
        CloseInput();
        try
        {
            if (!process.WaitForExit(patience)) Kill(process);
        }
        finally
        {
            process.Dispose();
        }
    }

    public void CloseInput()
    {
        try
        {
            Input.Dispose();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>The beginning of what a core that has ended has printed.</summary>
    public string Printed()
    {
        printing.Wait(1000);
        return Encoding.UTF8.GetString(print, 0, printed).Trim();
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

    /// <summary>Reads to the end, so that the core never waits for room, and keeps the beginning.</summary>
    private async Task KeepBeginning(Stream errors)
    {
        try
        {
            var rest = new byte[4096];
            while (true)
            {
                var room = print.AsMemory(printed);
                var count = await errors.ReadAsync(room.IsEmpty ? rest : room).ConfigureAwait(false);
                if (count == 0) return;
                if (!room.IsEmpty) printed += count;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // What was read until then will do.
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
