# Measures completions: the first of a fresh session, and then warm ones, by turns of a handler and of a compiled module's enum.
param(
    [Parameter(Mandatory)] [ValidateSet('SecMgmt', 'CompiledModule')] [string] $First, # whose completion is the session's first
    [Parameter(Mandatory)] [int] $Runs, # warm ones of each
    [Parameter(Mandatory)] [int] $WarmUp
)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

$lines = @{ SecMgmt = 'Invoke-SecMgmtRequest use'; CompiledModule = 'Connect-CompiledAccount -Environment AzureC' }
$texts = @{ SecMgmt = 'users'; CompiledModule = 'AzureCloud' }
$isRight = $true

# How long the completion of a module takes, in milliseconds.
function Measure-Completion([string] $Module) {
    $line = $lines[$Module]
    $watch.Restart()
    $results = (TabExpansion2 $line $line.Length).CompletionMatches
    $elapsed = $watch.Elapsed.TotalMilliseconds
    if ($results.CompletionText -notcontains $texts[$Module]) { $script:isRight = $false }
    $elapsed
}

Import-Module $(if ($Runs -gt 0) { 'SecMgmt', 'CompiledModule' } else { $First })
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$elapsedFirst = Measure-Completion $First
$subject = [System.Collections.Generic.List[double]]::new()
$yardstick = [System.Collections.Generic.List[double]]::new()
for ($run = - $WarmUp; $run -lt $Runs; $run++) {
    $handled = Measure-Completion SecMgmt
    $compiled = Measure-Completion CompiledModule
    if ($run -lt 0) { continue }
    $subject.Add($handled)
    $yardstick.Add($compiled)
}
Write-Measurement @{ first = $elapsedFirst; subject = $subject.ToArray(); yardstick = $yardstick.ToArray(); right = $isRight }
