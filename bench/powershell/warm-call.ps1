# Measures calls of a session that has made many: a preview of a sign-in, and by turns the same call of a compiled cmdlet.
param([Parameter(Mandatory)] [int] $Runs, [Parameter(Mandatory)] [int] $WarmUp)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

Import-Module SecMgmt, CompiledModule
$watch = [System.Diagnostics.Stopwatch]::new()
$subject = [System.Collections.Generic.List[double]]::new()
$yardstick = [System.Collections.Generic.List[double]]::new()
for ($run = - $WarmUp; $run -lt $Runs; $run++) {
    $watch.Restart()
    Connect-SecMgmtAccount -WhatIf
    $watch.Stop()
    if ($run -ge 0) { $subject.Add($watch.Elapsed.TotalMilliseconds) }

    $watch.Restart()
    Connect-CompiledAccount -WhatIf
    $watch.Stop()
    if ($run -ge 0) { $yardstick.Add($watch.Elapsed.TotalMilliseconds) }
}
Write-Measurement @{ subject = $subject.ToArray(); yardstick = $yardstick.ToArray() }
