# Generated from help/*.md. Do not edit: change the help and run npm run build.

# What a module needs at its import. The build puts this into the module's script, because each file that PowerShell opens
# costs time; the rest of the host is loaded by the first call (bench/README.md).

# Gives a function of the host. The first call of a session loads it.
function Get-HostCommand {
    param($Name, $Cmdlet)

    if ($null -eq $script:HostCommands) { $script:HostCommands = Import-ModuleHost $Cmdlet }
    $script:HostCommands[$Name]
}

# Loads the host and the module's own PowerShell, and gives what a cmdlet calls of it. In a module of their own they are at
# the top of their scope, as at an import; in a function they would be gone with it. What is done there is bound to the
# module, since not every language mode has a call operator for modules.
function Import-ModuleHost {
    param($Cmdlet)

    Assert-LanguageMode
    $module = $ExecutionContext.SessionState.Module
    $settings = Get-HostSetting
    $moduleHost = [System.Management.Automation.PSModuleInfo]::new($true)
    . $moduleHost.NewBoundScriptBlock({ $script:Module, $script:Settings = $args }) $module $settings
    $load = $moduleHost.NewBoundScriptBlock({ . $args[0] })
    foreach ($name in $settings['Scripts']) {
        $file = [System.IO.Path]::Combine($module.ModuleBase, $name)
        if (-not [System.IO.File]::Exists($file)) { Stop-ModuleIncomplete $Cmdlet $file 'there is no such file' }
        try { . $load $file } catch {
            if ($global:Error.Count -and $global:Error[0].Exception -eq $_.Exception) { $global:Error.RemoveAt(0) }
            Stop-ModuleIncomplete $Cmdlet $file $_.Exception.Message
        }
    }
    & $moduleHost.NewBoundScriptBlock({
            @{
                'Invoke-CoreCmdlet'     = ${function:Invoke-CoreCmdlet}
                'Open-CorePipeline'     = ${function:Open-CorePipeline}
                'Complete-CorePipeline' = ${function:Complete-CorePipeline}
                'Close-CorePipeline'    = ${function:Close-CorePipeline}
            }
        })
}

# Ends a call that needs a file of the module which cannot be loaded. New-ErrorRecord is in such a file.
function Stop-ModuleIncomplete {
    param($Cmdlet, [string] $File, [string] $Reason)

    $message = "$($Cmdlet.MyInvocation.MyCommand.Name) could not load a part of its module, ${File}: $Reason"
    $action = 'The files of the module are incomplete or were changed: install it again, then start a new session.'
    $record = [System.Management.Automation.ErrorRecord]::new([System.IO.FileLoadException]::new("$message $action", $File), 'ModuleIncomplete', 'ResourceUnavailable', $File)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($message)
    $record.ErrorDetails.RecommendedAction = $action
    $Cmdlet.ThrowTerminatingError($record)
}

# ConstrainedLanguage gives the script of a module that it does not trust no methods of .NET, with which an error record could
# be made: the text is all there is.
function Assert-LanguageMode {
    if ($ExecutionContext.SessionState.LanguageMode -eq 'ConstrainedLanguage') {
        throw "$($ExecutionContext.SessionState.Module.Name) cannot work in ConstrainedLanguage. Have the module trusted by the policy of this computer, or import it before the language mode is set."
    }
}

function Get-HostSetting {
    @{
        SettingPrefix = 'SECMGMT_'
        Scripts = @('ModuleHost.ps1', 'powershell/SigningCertificate.ps1', 'powershell/TokenCacheKey.ps1')
        HostFunctions = @('Find-SigningCertificate', 'New-CertificateSignature', 'Protect-TokenCacheKey', 'Unprotect-TokenCacheKey')
        Views = 'SecMgmt.format.psd1'
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
    process { & (Get-HostCommand 'Invoke-CoreCmdlet' $PSCmdlet) $PSCmdlet $PSBoundParameters }
}

function Disconnect-SecMgmtAccount {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
    param()
    process { & (Get-HostCommand 'Invoke-CoreCmdlet' $PSCmdlet) $PSCmdlet $PSBoundParameters }
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
    process { & (Get-HostCommand 'Invoke-CoreCmdlet' $PSCmdlet) $PSCmdlet $PSBoundParameters }
}

try {
    $name = [System.Reflection.AssemblyName]::new('SecMgmt.Enum4BC25B22.EnvironmentName')
    $access = [System.Reflection.Emit.AssemblyBuilderAccess]::RunAndCollect
    $assembly = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly($name, $access)
    $visibility = [System.Reflection.TypeAttributes]::Public
    $enum = $assembly.DefineDynamicModule('SecMgmt.Enum4BC25B22.EnvironmentName').DefineEnum('SecMgmt.Enum4BC25B22.EnvironmentName', $visibility, [int])
    $number = 0
    [void] $enum.DefineLiteral('AzureCloud', $number)
    $number = 1
    [void] $enum.DefineLiteral('AzureChinaCloud', $number)
    $number = 2
    [void] $enum.DefineLiteral('AzureGermanCloud', $number)
    $number = 3
    [void] $enum.DefineLiteral('AzurePPE', $number)
    $number = 4
    [void] $enum.DefineLiteral('AzureUSGovernment', $number)
    ${enum EnvironmentName} = $enum.CreateType()
} catch {
    Assert-LanguageMode
    throw
}
