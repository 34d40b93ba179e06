using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace TsCmdlet.Host;

/// <summary>A job of Windows, whose process ends when the last handle of the job is closed: with this process at the latest.</summary>
[SupportedOSPlatform("windows")]
internal static class JobObject
{
    private const int ExtendedLimitInformation = 9;
    private const uint SilentBreakaway = 0x1000;
    private const uint KillOnClose = 0x2000;

    /// <summary>
    /// Puts a process into a job of its own, but not what it starts: a browser stays. Gives the job, or null where Windows refuses.
    /// </summary>
    public static IDisposable? Of(Process process)
    {
        var job = CreateJobObject(IntPtr.Zero, null);
        var limits = new ExtendedLimits { LimitFlags = KillOnClose | SilentBreakaway };
        var isGuarded = !job.IsInvalid
            && SetInformationJobObject(job, ExtendedLimitInformation, ref limits, Marshal.SizeOf<ExtendedLimits>())
            && AssignProcessToJobObject(job, process.SafeHandle);
        if (isGuarded) return job;
        job.Dispose();
        return null;
    }

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION (winnt.h).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }

    [DllImport("kernel32.dll", EntryPoint = "CreateJobObjectW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern SafeFileHandle CreateJobObject(IntPtr attributes, string? name);

    [DllImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(SafeFileHandle job, int kind, ref ExtendedLimits limits, int length);

    [DllImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);
}
