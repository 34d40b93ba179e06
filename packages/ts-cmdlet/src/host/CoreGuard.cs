using System.ComponentModel;
using System.Diagnostics;

namespace TsCmdlet.Host;

/// <summary>
/// Has a core end with its shell, however that ends, and though the core is stopped, or its handler does not give the event loop
/// back. Disposed of once the core has ended.
/// </summary>
internal sealed class CoreGuard : IDisposable
{
    /// <summary>
    /// Waits for a line, or for the end of its input, which is that of this process: then the core has a second to end by
    /// itself. What stops this process at a terminal must not stop the one that waits.
    /// </summary>
    private const string Wait = "trap '' HUP INT QUIT TERM TSTP TTIN TTOU; read -r end || { sleep 1; kill -9 \"$1\"; }";

    private readonly IDisposable? job;
    private Process? waiting;

    private CoreGuard(IDisposable? job, Process? waiting) => (this.job, this.waiting) = (job, waiting);

    /// <summary>Guards a process that was just started. Where the system has nothing for it, the core ends with its connection.</summary>
    public static CoreGuard Of(Process process)
    {
        var guard = OperatingSystem.IsWindows()
            ? new CoreGuard(JobObject.Of(process), waiting: null)
            : new CoreGuard(job: null, StartWaiting(process.Id));
        // Its id may be another process's once it has ended.
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => guard.Dispose();
        return guard;
    }

    public void Dispose()
    {
        job?.Dispose();
        if (Interlocked.Exchange(ref waiting, null) is not { } process) return;
        try
        {
            using var input = process.StandardInput.BaseStream;
            input.WriteByte((byte)'\n');
        }
        catch (IOException)
        {
            // It was ended from outside.
        }
        process.Dispose();
    }

    private static Process? StartWaiting(int id)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = "/",
            // All three: of what shares the terminal, .NET takes it that it reads there.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-c", Wait, "ts-cmdlet-guard", $"{id}"]) start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start)!;
            process.StandardOutput.Dispose();
            process.StandardError.Dispose();
            return process;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
