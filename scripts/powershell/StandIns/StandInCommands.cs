using System.Management.Automation.Runspaces;
using Microsoft.PowerShell.Commands;

namespace EmbeddedPowerShell.StandIns;

/// <summary>
/// Stands in for the commands of the modules that come with pwsh and not with its engine. Each has the name, the class
/// name and so the error ids of the real one, and of its parameters those that examples and tests use.
/// </summary>
internal static class StandInCommands
{
    /// <summary>Adds the commands to a session.</summary>
    public static void AddTo(InitialSessionState state) => state.Commands.Add(
    [
        new SessionStateCmdletEntry("ConvertFrom-Json", typeof(ConvertFromJsonCommand), null),
        new SessionStateCmdletEntry("ConvertTo-Json", typeof(ConvertToJsonCommand), null),
        new SessionStateCmdletEntry("ConvertTo-SecureString", typeof(ConvertToSecureStringCommand), null),
        new SessionStateCmdletEntry("Format-List", typeof(FormatListCommand), null),
        new SessionStateCmdletEntry("Format-Table", typeof(FormatTableCommand), null),
        new SessionStateCmdletEntry("Get-Credential", typeof(GetCredentialCommand), null),
        new SessionStateCmdletEntry("New-Object", typeof(NewObjectCommand), null),
        new SessionStateCmdletEntry("Out-File", typeof(OutFileCommand), null),
        new SessionStateCmdletEntry("Out-String", typeof(OutStringCommand), null),
        new SessionStateCmdletEntry("Select-Object", typeof(SelectObjectCommand), null),
        new SessionStateCmdletEntry("Start-Sleep", typeof(StartSleepCommand), null),
        new SessionStateCmdletEntry("Start-Transcript", typeof(StartTranscriptCommand), null),
        new SessionStateCmdletEntry("Stop-Transcript", typeof(StopTranscriptCommand), null),
        new SessionStateCmdletEntry("Write-Error", typeof(WriteErrorCommand), null),
        new SessionStateCmdletEntry("Write-Host", typeof(WriteHostCommand), null),
        new SessionStateCmdletEntry("Write-Output", typeof(WriteOutputCommand), null),
        new SessionStateCmdletEntry("Write-Verbose", typeof(WriteVerboseCommand), null),
        new SessionStateCmdletEntry("Write-Warning", typeof(WriteWarningCommand), null),
    ]);
}
