# Loads the host, a small .NET assembly, from its bytes: so its file can be replaced while a session has it, and hosts of two
# versions work in one session. These are statements of the module's script, and few: each more that PowerShell has to compile
# is waited for by the import.
$script:HostFile = '{0}/core/TsCmdlet.Host.dll' -f $PSScriptRoot
try {
    # Gives what the module's functions call of the host, by name. No $true for GetType: of a value type PowerShell compiles more.
    $script:ModuleHost = [System.Reflection.Assembly]::Load([System.IO.File]::ReadAllBytes($script:HostFile)).GetType('TsCmdlet.Host.ModuleHost')::Import($script:HostSetting, ${function:Invoke-OwnFunction}, { $script:ModuleHost['Remove'].Invoke() })
} catch {
    & ${function:Assert-LanguageMode}
    & ${function:Undo-CaughtError} $_
    throw (& ${function:New-IncompleteRecord} $script:HostFile $_.Exception.GetBaseException().Message)
}
