# Generated from help/*.md. Do not edit: change the help and run npm run build.

$enums = @{
    'SecMgmt.Enum4BC25B22.EnvironmentName' = @('AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment')
}

function Get-HostSetting {
    @{
        SettingPrefix = 'SECMGMT_'
        Scripts = @('ModuleHost.ps1', 'SigningCertificate.ps1', 'TokenCacheKey.ps1')
        HostFunctions = @('Find-SigningCertificate', 'New-CertificateSignature', 'Protect-TokenCacheKey', 'Unprotect-TokenCacheKey')
    }
}

function Connect-SecMgmtAccount {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(DefaultParameterSetName = 'User', SupportsShouldProcess, PositionalBinding = $false, HelpUri = 'https://docs.microsoft.com/powershell/module/secmgmt/connect-secmgmtaccount')]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
    param(
        [Parameter(ParameterSetName = 'AccessToken', Mandatory)]
        [ValidateNotNullOrEmpty()]
        [string]
        $AccessToken,

        [Parameter(ParameterSetName = 'RefreshToken', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [string]
        $ApplicationId,

        [Parameter(ParameterSetName = 'RefreshToken')]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [ValidateNotNullOrEmpty()]
        [string]
        $CertificateThumbprint,

        [Parameter(ParameterSetName = 'RefreshToken')]
        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [pscredential]
        $Credential,

        [Parameter()]
        [SecMgmt.Enum4BC25B22.EnvironmentName]
        $Environment,

        [Parameter(ParameterSetName = 'RefreshToken', Mandatory)]
        [ValidateNotNullOrEmpty()]
        [string]
        $RefreshToken,

        [Parameter(ParameterSetName = 'ServicePrincipalCertificate')]
        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [switch]
        $ServicePrincipal,

        [Parameter(ParameterSetName = 'User')]
        [Parameter(ParameterSetName = 'AccessToken')]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Alias('Domain', 'TenantId')]
        [ValidateNotNullOrEmpty()]
        [string]
        $Tenant,

        [Parameter(ParameterSetName = 'User')]
        [Alias('Device', 'DeviceAuth', 'DeviceCode')]
        [switch]
        $UseDeviceAuthentication
    )
    process { & (Get-ModuleHost $PSCmdlet) Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }
}

function Disconnect-SecMgmtAccount {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
    param()
    process { & (Get-ModuleHost $PSCmdlet) Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }
}

function Get-SecMgmtContext {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
    param(
        [Parameter()]
        [switch]
        $Refresh
    )
    process { & (Get-ModuleHost $PSCmdlet) Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }
}

# What a module does at its import. The build puts this into the module's script, because each file that PowerShell opens
# costs time, and so does each function that is called; the rest of the host is loaded by the first call (bench/README.md).

# A session in another language mode gives the script of a module that it does not trust no methods of .NET, with which an
# error record could be made: the text is all there is.
if ("$($ExecutionContext.SessionState.LanguageMode)" -ne 'FullLanguage') {
    throw "$($ExecutionContext.SessionState.Module.Name) cannot work in the language mode $($ExecutionContext.SessionState.LanguageMode): it needs FullLanguage. Have the module trusted by the policy of this computer, or import it before the language mode is set."
}

# Makes the enums that the script has listed by their full names, but for those that the process has from an import before:
# they are kept in the process's data, since to look for a type that is not there takes long. It does not use PowerShell's
# `enum`, which computes the values with C#'s `dynamic`. Two runspaces may both make one: its name then finds the first.
foreach ($enumName in $enums.Keys) {
    if ($null -eq [System.AppContext]::GetData($enumName)) {
        $enum = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($enumName, 'Run').DefineDynamicModule($enumName).DefineEnum($enumName, 'Public', [int])
        $value = 0
        foreach ($name in $enums[$enumName]) { [void] $enum.DefineLiteral($name, $value++) }
        [System.AppContext]::SetData($enumName, $enum.CreateType())
    }
}

# Gives the module that has the host and the module's own PowerShell. It is loaded when it is first asked for.
function Get-ModuleHost {
    param($Cmdlet)

    if ($null -eq $script:ModuleHost) { $script:ModuleHost = New-ModuleHost $Cmdlet }
    $script:ModuleHost
}

# Loads the host and the module's own PowerShell. In a module of their own they are at the top of their scope, as at an
# import; in a function they would be gone with it.
function New-ModuleHost {
    param($Cmdlet)

    $module = $ExecutionContext.SessionState.Module
    $settings = Get-HostSetting
    $moduleHost = [System.Management.Automation.PSModuleInfo]::new($true)
    . $moduleHost { $script:Module, $script:Settings = $args } $module $settings
    foreach ($name in $settings['Scripts']) {
        $file = [System.IO.Path]::Combine($module.ModuleBase, $name)
        if (-not [System.IO.File]::Exists($file)) { Stop-ModuleIncomplete $Cmdlet $file 'there is no such file' }
        try { . $moduleHost { . $args[0] } $file } catch {
            if ($global:Error.Count -and $global:Error[0].Exception -eq $_.Exception) { $global:Error.RemoveAt(0) }
            Stop-ModuleIncomplete $Cmdlet $file $_.Exception.Message
        }
    }
    $moduleHost
}

# Ends a call that needs a file of the module which cannot be loaded.
function Stop-ModuleIncomplete {
    param($Cmdlet, [string] $File, [string] $Reason)

    $message = "$($Cmdlet.MyInvocation.MyCommand.Name) could not load a part of its module, ${File}: $Reason"
    $action = 'The files of the module are incomplete or were changed: install it again, then start a new session.'
    $record = [System.Management.Automation.ErrorRecord]::new([System.IO.FileLoadException]::new("$message $action", $File), 'ModuleIncomplete', 'ResourceUnavailable', $File)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($message)
    $record.ErrorDetails.RecommendedAction = $action
    $Cmdlet.ThrowTerminatingError($record)
}
