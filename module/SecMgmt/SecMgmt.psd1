# Generated from help/*.md. Do not edit: change the help and run npm run build.

@{
    RootModule = 'SecMgmt.psm1'
    ModuleVersion = '0.1.0'
    GUID = '70fedbef-6b2e-44ec-9dc9-a88f913425af'
    Author = 'SecMgmt contributors'
    Copyright = '(c) SecMgmt contributors. MIT License.'
    Description = 'Connects to the Microsoft cloud to manage its security. The cmdlets run in TypeScript.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess = @('SecMgmt.format.ps1xml')
    FunctionsToExport = @('Connect-SecMgmtAccount', 'Connect-SecMgmtWorkload', 'Disconnect-SecMgmtAccount', 'Get-SecMgmtContext', 'Invoke-SecMgmtRequest', 'New-SecMgmtAccessToken', 'Resolve-SecMgmtError', 'Select-SecMgmtContext')
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('Microsoft', 'Security', 'Authentication')
        }
        GeneratedFiles = @('ErrorRecords.ps1', 'LICENSE', 'SecMgmt.format.ps1xml', 'SecMgmt.psd1', 'SecMgmt.psm1', 'en-US/Microsoft.Online.SecMgmt.PowerShell.dll-Help.xml', 'en-US/about_SecMgmt.help.txt', 'en-US/about_SecMgmt_Authentication.help.txt', 'powershell/RequestFile.ps1', 'powershell/SessionErrors.ps1', 'powershell/SessionHost.ps1', 'powershell/SigningCertificate.ps1', 'powershell/TokenCacheKey.ps1', 'views/SecMgmt.types.ps1xml', 'views/SecMgmt.types.psd1')
    }
}
