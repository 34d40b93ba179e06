using System.Diagnostics;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>Finds the Node.js that a core runs on.</summary>
internal sealed class NodeFinder(HostSettings settings)
{
    private const int MillisecondsForVersion = 5000;

    private static readonly string FileName = OperatingSystem.IsWindows() ? "node.exe" : "node";

    public static Version MinimumVersion { get; } = new(22, 12);

    /// <summary>
    /// The best executable that was not tried yet: one beside the module, that of the setting NODE, then the PATH's; null
    /// where there is no other. One with a relative path is found too, so that its refusal is told.
    /// </summary>
    public string? Find(IReadOnlyCollection<string> tried)
    {
        var beside = Path.Combine(settings.Folder, "runtime", FileName);
        if (!tried.Contains(beside) && File.Exists(beside)) return beside;
        var setting = settings.Variable("NODE");
        if (!string.IsNullOrEmpty(setting) && !tried.Contains(setting)) return setting;
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator).Select(Candidate).FirstOrDefault(file => !tried.Contains(file) && File.Exists(file));
    }

    /// <summary>Asks an executable that could not run the core for its version; null when it is no Node.js.</summary>
    public static Version? AskVersion(string node, Stopping stopping)
    {
        var start = new ProcessStartInfo(node, "--version")
        {
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var line = process.StandardOutput.ReadLineAsync();
            if (!stopping.Wait(line, MillisecondsForVersion)) return null;
            var text = line.Result?.Split('-')[0];
            return text?.StartsWith('v') == true && Version.TryParse(text[1..], out var version) ? version : null;
        }
        finally
        {
            CoreProcess.Kill(process);
        }
    }

    /// <summary>Windows takes a folder of the PATH in quotes, and with blanks around it.</summary>
    private static string Candidate(string folder) =>
        Path.Combine(OperatingSystem.IsWindows() ? folder.Trim().Trim('"') : folder, FileName);
}
