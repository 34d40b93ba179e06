# Generated from help/*.md. Do not edit: change the help and run npm run build.

if ($null -eq [System.AppDomain]::CurrentDomain.GetData('SecMgmt.Enum4BC25B22.EnvironmentName')) {
    $enumType = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly('SecMgmt.Enum4BC25B22.EnvironmentName', 'Run').DefineDynamicModule('SecMgmt.Enum4BC25B22.EnvironmentName').DefineEnum('SecMgmt.Enum4BC25B22.EnvironmentName', 'Public', [int])
    $enumValue = 0
    foreach ($enumName in 'AzureCloud', 'AzureChinaCloud', 'AzureGermanCloud', 'AzurePPE', 'AzureUSGovernment') { [void] $enumType.DefineLiteral($enumName, $enumValue++) }
    [System.AppDomain]::CurrentDomain.SetData('SecMgmt.Enum4BC25B22.EnvironmentName', $enumType.CreateType())
}

. ([System.IO.Path]::Combine($PSScriptRoot, 'ModuleHost.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'SigningCertificate.ps1'))
. ([System.IO.Path]::Combine($PSScriptRoot, 'TokenCacheKey.ps1'))
$script:SettingPrefix = 'SECMGMT_'
$script:HostFunctions = @('Find-SigningCertificate', 'New-CertificateSignature', 'Protect-TokenCacheKey', 'Unprotect-TokenCacheKey')

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
    process { Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }
}

function Disconnect-SecMgmtAccount {
    # .EXTERNALHELP Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml
    [CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
    param()
    process { Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }
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
    process { Invoke-CoreCmdlet $PSCmdlet $PSBoundParameters }
}
