# Generated from help/*.md. Do not edit: change the help and run npm run build.

# What a module has of its host in its own script: enough to load it, and what only script can do for it. The host is a small
# .NET assembly, which the first call loads from its bytes: so its file can be replaced while a session has it, and hosts of
# two versions work in one session.

# Gives what the module's functions call of the host, by name. They call this by its definition, because a name may be an alias
# of the user's.
function Get-ModuleHost {
    param($Cmdlet)

    if ($null -eq $script:ModuleHost) { $script:ModuleHost = & ${function:New-ModuleHost} $Cmdlet }
    $script:ModuleHost
}

function New-ModuleHost {
    param($Cmdlet)

    & ${function:Assert-LanguageMode}
    $module = $ExecutionContext.SessionState.Module
    $file = [System.IO.Path]::Combine($module.ModuleBase, 'core', 'TsCmdlet.Host.dll')
    try {
        $assembly = [System.Reflection.Assembly]::Load([System.IO.File]::ReadAllBytes($file))
        $create = $assembly.GetType('TsCmdlet.Host.ModuleHost', $true).GetMethod('Create')
    } catch {
        & ${function:Undo-CaughtError} $_
        & ${function:Stop-ModuleIncomplete} $Cmdlet $file $_.Exception.GetBaseException().Message
    }
    $create.Invoke($null, @($module, (& ${function:Get-HostSetting}), ${function:Invoke-OwnFunction}))
    $module.OnRemove = { $script:ModuleHost['Remove'].Invoke() }
}

# Calls a function of the module's own PowerShell for the core.
function Invoke-OwnFunction {
    param($Name, $Arguments)

    $call = {
        param($Name, $Arguments)
        & $ExecutionContext.InvokeCommand.GetCommand($Name, 'Function') @Arguments
    }
    & (& ${function:Get-OwnModule}).NewBoundScriptBlock($call) $Name $Arguments
}

# Gives the module that the module's own PowerShell is in, loaded when it is first needed. It is one of its own, since what a
# function defines vanishes when it returns.
function Get-OwnModule {
    if ($null -eq $script:OwnModule) {
        $own = [System.Management.Automation.PSModuleInfo]::new($true)
        . ($own.NewBoundScriptBlock({ ${function:Undo-CaughtError} = $args[0] })) ${function:Undo-CaughtError}
        $load = $own.NewBoundScriptBlock({ . $args[0] })
        foreach ($name in (& ${function:Get-HostSetting})['Scripts']) {
            . $load ([System.IO.Path]::Combine($ExecutionContext.SessionState.Module.ModuleBase, $name))
        }
        $script:OwnModule = $own
    }
    $script:OwnModule
}

# Takes an error that was caught and dealt with out of $Error, where PowerShell puts each: it is not the user's.
function Undo-CaughtError {
    param($Caught)

    $cause = $Caught.Exception.GetBaseException()
    while ($global:Error.Count -and $global:Error[0].Exception?.GetBaseException() -eq $cause) { $global:Error.RemoveAt(0) }
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
        Scripts = @('ErrorRecords.ps1', 'powershell/NetworkSettings.ps1', 'powershell/SessionHost.ps1', 'powershell/SigningCertificate.ps1', 'powershell/TokenCacheKey.ps1')
        HostFunctions = @('Get-NetworkSetting', 'Get-SessionHost', 'Find-SigningCertificate', 'New-CertificateSignature', 'Protect-TokenCacheKey', 'Unprotect-TokenCacheKey')
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
    process { if (${downstream error} = (& ${function:Get-ModuleHost} $PSCmdlet)['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
}

function Disconnect-SecMgmtAccount {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
    param()
    process { if (${downstream error} = (& ${function:Get-ModuleHost} $PSCmdlet)['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
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
    process { if (${downstream error} = (& ${function:Get-ModuleHost} $PSCmdlet)['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
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

try {
    Microsoft.PowerShell.Core\Import-Module "$PSScriptRoot/views/SecMgmt.types.psd1" -Verbose:$false -ErrorAction Stop
} catch {
    if ($null -eq (Microsoft.PowerShell.Core\Get-Module 'SecMgmt')) { throw }
    & ${function:Undo-CaughtError} $_
}
