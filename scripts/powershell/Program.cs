using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace EmbeddedPowerShell;

internal static class Program
{
    private const string Usage = """

        Usage: pwsh [-Login] [-NoLogo] [-NoProfile] [-NonInteractive] [-NoExit]
                    [-ExecutionPolicy <policy>] [-WorkingDirectory <directory>]
                    [-InputFormat Text] [-OutputFormat Text]
                    [[-File] <script> [arguments] | -Command { - | <text> } | -CommandWithArgs <text> [arguments]]

               pwsh -Version | -Help | -?

        A small host of the PowerShell engine for development and tests, used where there is no pwsh.
        Parameters may be shortened and are not case-sensitive, as with pwsh.

        """;

    private static int Main(string[] args)
    {
        // Read by the engine when it starts: nothing leaves the machine.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        UseUtf8();
        Thread.CurrentThread.Name = "EmbeddedHost main thread";

        var commandLine = CommandLine.Parse(args);
        var host = new EmbeddedHost(commandLine);
        if (commandLine.Error is not null)
        {
            host.UI.WriteErrorLine(commandLine.Error);
            return CommandLine.BadCommandLineExitCode;
        }

        if (commandLine.ShowHelp)
        {
            host.UI.Write(Usage);
            return 0;
        }

        if (commandLine.ShowVersion)
        {
            host.UI.WriteLine($"PowerShell {PSVersionInfo.PSVersion.ToString(3)}");
            return 0;
        }

        if (commandLine.ServesJob)
        {
            EngineInternals.ServeJob(SetLocationScript(commandLine.WorkingDirectory ?? Environment.CurrentDirectory));
            return 0;
        }

        if (commandLine.ShowBanner)
        {
            host.UI.WriteLine($"PowerShell {PSVersionInfo.PSVersion.ToString(3)} (embedded)");
        }

        return new Shell(commandLine, host).Run();
    }

    // The engine would do it by Set-Location, which the bare engine lacks.
    private static string SetLocationScript(string directory)
    {
        string path = CodeGeneration.EscapeSingleQuotedStringContent(WildcardPattern.Escape(directory));
        return $"$null = $ExecutionContext.SessionState.Path.SetLocation('{path}')";
    }

    private static void UseUtf8()
    {
        // On Windows the console has a code page of its own. Where it is UTF-8 already, setting it would cost time.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (Console.OutputEncoding.CodePage != utf8.CodePage)
        {
            Console.OutputEncoding = utf8;
        }

        if (Console.InputEncoding.CodePage != utf8.CodePage)
        {
            Console.InputEncoding = utf8;
        }
    }
}
