using System.Runtime.InteropServices;

namespace TsCmdlet.Host;

/// <summary>A core has secrets in its memory, so a crash of it leaves no dump. Linux lets that be said of another process.</summary>
internal static class CoreDump
{
    private const int CoreSize = 4;

    /// <summary>
    /// Has a process leave no dump. A limit of one byte is too small for a file, and Linux hands nothing to a program that
    /// collects dumps then either, which it does under a limit of zero (core(5)).
    /// </summary>
    public static void Forbid(int processId)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return;
        // It fails for a process that has ended already.
        _ = SetLimit(processId, CoreSize, new Limit(1, 1), IntPtr.Zero);
    }

    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int SetLimit(int processId, int resource, in Limit limit, IntPtr before);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
