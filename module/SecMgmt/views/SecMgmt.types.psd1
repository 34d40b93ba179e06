# Generated from help/*.md. Do not edit: change the help and run npm run build.

@{
    ModuleVersion = '0.1.0'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    TypesToProcess = @('SecMgmt.types.ps1xml')
}
