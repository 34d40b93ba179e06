# Measures a fresh session: how long its Import-Module takes, and what it runs first after that.
param(
    [Parameter(Mandatory)] [string] $Module, # found by its name, as a user's module is
    [Parameter(Mandatory)] [ValidateSet('Node', 'Preview', 'Token')] [string] $First,
    [string] $Node,
    [string] $Token
)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

# What a stopwatch costs at its first use is no part of what it measures.
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$watch.Restart()
[void] $watch.Elapsed.TotalMilliseconds

$watch.Restart()
Import-Module $Module
$import = $watch.Elapsed.TotalMilliseconds

$children = Get-ChildProcessCount
$cores = @(Get-CoreId).Count

$watch.Restart()
switch ($First) {
    Node { & $Node -e 0 }
    Preview { Connect-SecMgmtAccount -WhatIf }
    Token { $context = Connect-SecMgmtAccount -AccessToken $Token }
}
$elapsed = $watch.Elapsed.TotalMilliseconds
if ($First -eq 'Token' -and $context.Account.Type -ne 'AccessToken') { throw 'The session is not connected.' }

Write-Measurement @{ import = $import; first = $elapsed; childrenAfterImport = $children; coresAfterImport = $cores }
