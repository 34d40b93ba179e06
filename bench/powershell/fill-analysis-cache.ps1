# Has PowerShell write its module analysis cache, as a user's home has it. It does so some seconds after it has analyzed a
# module.
$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

[void] (Get-Module -ListAvailable)
[void] (Get-Command -Name Connect-SecMgmtAccount, Connect-CompiledAccount)
while (-not [System.IO.File]::Exists($env:PSModuleAnalysisCachePath)) { [System.Threading.Thread]::Sleep(100) }
Write-Measurement @{}
