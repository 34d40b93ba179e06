@{
    RootModule = 'CompiledModule.dll'
    ModuleVersion = '0.1.0'
    GUID = '0f7d6d2e-52f5-4f0e-a9a7-5a52f8ad6c49'
    Author = 'SecMgmt contributors'
    Copyright = '(c) SecMgmt contributors. MIT License.'
    Description = 'The least compiled module with the surface of SecMgmt.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FunctionsToExport = @()
    CmdletsToExport = @('Connect-CompiledAccount', 'Disconnect-CompiledAccount', 'Get-CompiledContext', 'Write-CompiledObject')
    VariablesToExport = @()
    AliasesToExport = @()
    FormatsToProcess = @('SecMgmt.format.ps1xml')
    TypesToProcess = @('SecMgmt.types.ps1xml')
}
