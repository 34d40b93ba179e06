using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace EmbeddedPowerShell;

/// <summary>What a console of Windows has to be asked for, and a terminal elsewhere does unasked.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    private const int StandardOutputHandle = -11;
    private const uint EnableVirtualTerminalProcessing = 0x0004;

    /// <summary>Has the console understand escape sequences; false where there is none, or an old one.</summary>
    public static bool EnableVirtualTerminal()
    {
        nint handle = GetStdHandle(StandardOutputHandle);
        return GetConsoleMode(handle, out uint mode) && SetConsoleMode(handle, mode | EnableVirtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    private static partial nint GetStdHandle(int standardHandle);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
