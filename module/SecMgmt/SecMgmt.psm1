# Generated from help/*.md. Do not edit: change the help and run npm run build.

# What a module has of its host in its own script: what only script can do for it. A function is called by its definition,
# because its name may be an alias of the user's.

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
        foreach ($name in $script:HostSetting['Scripts']) {
            . $load ([System.IO.Path]::Combine($PSScriptRoot, $name))
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

# Makes the error of an import that needs a file of the module which cannot be loaded.
function New-IncompleteRecord {
    param([string] $File, [string] $Reason)

    $File = [System.IO.Path]::GetFullPath($File)
    $message = "The import could not load a part of the module, ${File}: $Reason"
    $action = 'The files of the module are incomplete or were changed: install it again, then start a new session.'
    $record = [System.Management.Automation.ErrorRecord]::new([System.IO.FileLoadException]::new("$message $action", $File), 'ModuleIncomplete', 'ResourceUnavailable', $File)
    # The host that could not be loaded has the same rule (Records.cs): PowerShell shows an action from 7.5 on.
    $isActionShown = $PSVersionTable.PSVersion.Major -gt 7 -or $PSVersionTable.PSVersion.Minor -ge 5
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($(if ($isActionShown) { $message } else { "$message $action" }))
    $record.ErrorDetails.RecommendedAction = $action
    $record
}

# Deals with an error of the import of the module's types: where another version of the module is there, its types stay.
function Confirm-OtherVersion {
    param([string] $Name, $Caught)

    if ($null -eq (Microsoft.PowerShell.Core\Get-Module $Name)) { throw $Caught }
    & ${function:Undo-CaughtError} $Caught
}

# ConstrainedLanguage gives the script of a module that it does not trust no methods of .NET, with which an error record could
# be made: the text is all there is.
function Assert-LanguageMode {
    if ($ExecutionContext.SessionState.LanguageMode -eq 'ConstrainedLanguage') {
        throw "$($ExecutionContext.SessionState.Module.Name) cannot work in ConstrainedLanguage. Have the module trusted by the policy of this computer, or import it before the language mode is set."
    }
}

function Complete-Argument {
    [CmdletBinding()]
    param($Name, $Parameter, $Word, $Bound)

    try {
        $script:ModuleHost['CompleteArgument'].Invoke($PSCmdlet, $Name, $Parameter, $Word, $Bound)
    } catch {
        & ${function:Undo-CaughtError} $_
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
        [TsCmdlet.SecretText()]
        $AccessToken,

        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken', Mandatory)]
        [string]
        $ApplicationId,

        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [ValidateNotNullOrEmpty()]
        [string]
        $CertificateThumbprint,

        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [pscredential]
        $Credential,

        [Parameter()]
        [SecMgmt.Enum4BC25B22.EnvironmentName]
        $Environment,

        [Parameter(ParameterSetName = 'RefreshToken', Mandatory)]
        [ValidateNotNullOrEmpty()]
        [string]
        [TsCmdlet.SecretText()]
        $RefreshToken,

        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate')]
        [switch]
        $ServicePrincipal,

        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [Parameter(ParameterSetName = 'AccessToken')]
        [Parameter(ParameterSetName = 'User')]
        [Alias('Domain', 'TenantId')]
        [ArgumentCompleter({ & $ExecutionContext.InvokeCommand.GetCommand($args[0], 'Function').ScriptBlock.Module { & ${function:Complete-Argument} @args } 'Connect-SecMgmtAccount' 'Tenant' $args[2] $args[4] })]
        [ValidateNotNullOrEmpty()]
        [string]
        $Tenant,

        [Parameter(ParameterSetName = 'User')]
        [Alias('Device', 'DeviceAuth', 'DeviceCode')]
        [switch]
        $UseDeviceAuthentication
    )
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
}

function Connect-SecMgmtWorkload {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(DefaultParameterSetName = 'Identity', SupportsShouldProcess, PositionalBinding = $false)]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
    param(
        [Parameter()]
        [Alias('AccountId', 'ClientId')]
        [ValidateNotNullOrEmpty()]
        [string]
        $ApplicationId,

        [Parameter()]
        [SecMgmt.Enum4BC25B22.EnvironmentName]
        $Environment,

        [Parameter(ParameterSetName = 'Federated', Mandatory)]
        [switch]
        $Federated,

        [Parameter(ParameterSetName = 'Identity')]
        [switch]
        $Identity,

        [Parameter(ParameterSetName = 'Identity')]
        [ValidateNotNullOrEmpty()]
        [string]
        $ObjectId,

        [Parameter(ParameterSetName = 'Identity')]
        [ValidateNotNullOrEmpty()]
        [string]
        $ResourceId,

        [Parameter(ParameterSetName = 'Federated')]
        [ValidateNotNullOrEmpty()]
        [string]
        $ServiceConnectionId,

        [Parameter(ParameterSetName = 'Federated')]
        [Alias('Domain', 'TenantId')]
        [ValidateNotNullOrEmpty()]
        [string]
        $Tenant
    )
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
}

function Disconnect-SecMgmtAccount {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
    param(
        [Parameter(Position = 0, ValueFromPipeline)]
        [PSTypeName('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
        [psobject]
        [TsCmdlet.DeserializedObject('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
        $Context
    )
    begin { ${core pipeline} = $script:ModuleHost['Open'].Invoke($PSCmdlet, $PSBoundParameters) }
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, ${core pipeline})) { throw ${downstream error} } }
    end { if (${downstream error} = $script:ModuleHost['Complete'].Invoke($PSCmdlet, ${core pipeline})) { throw ${downstream error} } }
    clean { if ($null -ne ${core pipeline}) { $script:ModuleHost['Close'].Invoke($PSCmdlet, ${core pipeline}) } }
}

function Get-SecMgmtContext {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
    param(
        [Parameter()]
        [switch]
        $ListAvailable,

        [Parameter()]
        [switch]
        $Refresh
    )
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
}

function Invoke-SecMgmtRequest {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(DefaultParameterSetName = 'Request', SupportsShouldProcess, SupportsPaging, PositionalBinding = $false)]
    [OutputType('System.Management.Automation.PSObject', 'System.Collections.Hashtable', 'System.String')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)]
        [ArgumentCompleter({ & $ExecutionContext.InvokeCommand.GetCommand($args[0], 'Function').ScriptBlock.Module { & ${function:Complete-Argument} @args } 'Invoke-SecMgmtRequest' 'Uri' $args[2] $args[4] })]
        [ValidateNotNullOrEmpty()]
        [string]
        $Uri,

        [Parameter(ParameterSetName = 'Batch', Mandatory)]
        [switch]
        $Batch,

        [Parameter(ParameterSetName = 'InputFile', Mandatory)]
        [Alias('InFile')]
        [ValidateNotNullOrEmpty()]
        [string]
        $InputFilePath,

        [Parameter(ParameterSetName = 'InputFile')]
        [Parameter(ParameterSetName = 'Request')]
        [ValidateSet('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD')]
        [string]
        $Method,

        [Parameter(ParameterSetName = 'Request')]
        [object]
        $Body,

        [Parameter(ParameterSetName = 'InputFile')]
        [Parameter(ParameterSetName = 'Request')]
        [string]
        $ContentType,

        [Parameter()]
        [PSTypeName('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
        [psobject]
        [TsCmdlet.DeserializedObject('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
        $Context,

        [Parameter()]
        [ValidateSet('Graph', 'Azure')]
        [string]
        $Endpoint,

        [Parameter()]
        [System.Collections.IDictionary]
        $Headers,

        [Parameter(ParameterSetName = 'InputFile')]
        [Parameter(ParameterSetName = 'Request')]
        [Alias('OutFile')]
        [ValidateNotNullOrEmpty()]
        [string]
        $OutputFilePath,

        [Parameter()]
        [ValidateSet('PSObject', 'Hashtable', 'Json')]
        [string]
        $OutputType
    )
    begin { ${core pipeline} = $script:ModuleHost['Open'].Invoke($PSCmdlet, $PSBoundParameters) }
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, ${core pipeline})) { throw ${downstream error} } }
    end { if (${downstream error} = $script:ModuleHost['Complete'].Invoke($PSCmdlet, ${core pipeline})) { throw ${downstream error} } }
    clean { if ($null -ne ${core pipeline}) { $script:ModuleHost['Close'].Invoke($PSCmdlet, ${core pipeline}) } }
}

function New-SecMgmtAccessToken {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(DefaultParameterSetName = 'User', PositionalBinding = $false)]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.AuthResult')]
    param(
        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [Parameter(ParameterSetName = 'User', Mandatory)]
        [Alias('ClientId')]
        [string]
        $ApplicationId,

        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [ValidateNotNullOrEmpty()]
        [string]
        $CertificateThumbprint,

        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [pscredential]
        $Credential,

        [Parameter()]
        [Alias('EnvironmentName')]
        [SecMgmt.Enum4BC25B22.EnvironmentName]
        $Environment,

        [Parameter(ParameterSetName = 'RefreshToken', Mandatory)]
        [ValidateNotNullOrEmpty()]
        [string]
        [TsCmdlet.SecretText()]
        $RefreshToken,

        [Parameter(Mandatory)]
        [ValidateNotNullOrEmpty()]
        [string[]]
        $Scopes,

        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate')]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [switch]
        $ServicePrincipal,

        [Parameter(ParameterSetName = 'ServicePrincipal', Mandatory)]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate', Mandatory)]
        [Parameter(ParameterSetName = 'RefreshToken')]
        [Parameter(ParameterSetName = 'User')]
        [Alias('Domain', 'TenantId')]
        [ValidateNotNullOrEmpty()]
        [string]
        $Tenant,

        [Parameter(ParameterSetName = 'ServicePrincipal')]
        [Parameter(ParameterSetName = 'ServicePrincipalCertificate')]
        [Parameter(ParameterSetName = 'User')]
        [Alias('AuthCode')]
        [switch]
        $UseAuthorizationCode,

        [Parameter(ParameterSetName = 'User')]
        [Alias('Device', 'DeviceAuth', 'DeviceCode')]
        [switch]
        $UseDeviceAuthentication
    )
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, $null)) { throw ${downstream error} } }
}

function Resolve-SecMgmtError {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(DefaultParameterSetName = 'AnyErrorParameterSet', PositionalBinding = $false)]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Errors.MgmtErrorRecord')]
    param(
        [Parameter(ParameterSetName = 'AnyErrorParameterSet', Position = 0, ValueFromPipeline)]
        [System.Management.Automation.ErrorRecord[]]
        $Error,

        [Parameter(ParameterSetName = 'LastErrorParameterSet', Mandatory)]
        [switch]
        $Last
    )
    begin { ${core pipeline} = $script:ModuleHost['Open'].Invoke($PSCmdlet, $PSBoundParameters) }
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, ${core pipeline})) { throw ${downstream error} } }
    end { if (${downstream error} = $script:ModuleHost['Complete'].Invoke($PSCmdlet, ${core pipeline})) { throw ${downstream error} } }
    clean { if ($null -ne ${core pipeline}) { $script:ModuleHost['Close'].Invoke($PSCmdlet, ${core pipeline}) } }
}

function Select-SecMgmtContext {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(DefaultParameterSetName = 'Context', PositionalBinding = $false)]
    [OutputType('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
    param(
        [Parameter(ParameterSetName = 'Account', Mandatory)]
        [ArgumentCompleter({ & $ExecutionContext.InvokeCommand.GetCommand($args[0], 'Function').ScriptBlock.Module { & ${function:Complete-Argument} @args } 'Select-SecMgmtContext' 'Account' $args[2] $args[4] })]
        [ValidateNotNullOrEmpty()]
        [string]
        $Account,

        [Parameter(ParameterSetName = 'Context', Mandatory, Position = 0, ValueFromPipeline)]
        [PSTypeName('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
        [psobject]
        [TsCmdlet.DeserializedObject('Microsoft.Online.SecMgmt.PowerShell.Models.Authentication.MgmtContext')]
        $Context,

        [Parameter(ParameterSetName = 'Account')]
        [Alias('TenantId')]
        [ArgumentCompleter({ & $ExecutionContext.InvokeCommand.GetCommand($args[0], 'Function').ScriptBlock.Module { & ${function:Complete-Argument} @args } 'Select-SecMgmtContext' 'Tenant' $args[2] $args[4] })]
        [ValidateNotNullOrEmpty()]
        [string]
        $Tenant
    )
    begin { ${core pipeline} = $script:ModuleHost['Open'].Invoke($PSCmdlet, $PSBoundParameters) }
    process { if (${downstream error} = $script:ModuleHost['Invoke'].Invoke($PSCmdlet, $PSBoundParameters, ${core pipeline})) { throw ${downstream error} } }
    end { if (${downstream error} = $script:ModuleHost['Complete'].Invoke($PSCmdlet, ${core pipeline})) { throw ${downstream error} } }
    clean { if ($null -ne ${core pipeline}) { $script:ModuleHost['Close'].Invoke($PSCmdlet, ${core pipeline}) } }
}

$script:HostSetting = @{
    SettingPrefix = 'SECMGMT_'
    Scripts = @('ErrorRecords.ps1', 'powershell/RequestFile.ps1', 'powershell/SessionErrors.ps1', 'powershell/SessionHost.ps1', 'powershell/SigningCertificate.ps1', 'powershell/TokenCacheKey.ps1')
    HostFunctions = @('Resolve-RequestFile', 'Get-SessionError', 'Get-SessionHost', 'Find-SigningCertificate', 'New-CertificateSignature', 'Protect-TokenCacheKey', 'Unprotect-TokenCacheKey')
    HasSecretParameters = $true
    HasObjectParameters = $true
    Enums = @{
        'SecMgmt.Enum4BC25B22.EnvironmentName' = @{ Name = 'SecMgmt.EnvironmentName'; Values = @('AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment') }
    }
}

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

try {
    Microsoft.PowerShell.Core\Import-Module ('{0}/views/SecMgmt.types.psd1' -f $PSScriptRoot) -Verbose:$false -ErrorAction Stop
} catch {
    & ${function:Confirm-OtherVersion} 'SecMgmt' $_
}
