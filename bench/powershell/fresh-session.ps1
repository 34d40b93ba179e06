# Measures a fresh session: how long its Import-Module takes, and what it runs first after that.
param(
    [Parameter(Mandatory)] [string] $Module, # found by its name, as a user's module is
    [string] $Node # with it, `node -e 0` is what the session runs first; without it, a preview of a sign-in
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

if ($Node) {
    $watch.Restart()
    & $Node -e 0
} else {
    $watch.Restart()
    Connect-SecMgmtAccount -WhatIf
}
$first = $watch.Elapsed.TotalMilliseconds

Write-Measurement @{ import = $import; first = $first; childrenAfterImport = $children; coresAfterImport = $cores }
