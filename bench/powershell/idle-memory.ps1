# Measures the memory of an idle session after one preview, in MB: its own, and that of its core where it has one. Linux alone
# tells it so.
param([Parameter(Mandatory)] [string] $Module, [Parameter(Mandatory)] [string] $Command)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

# A process's resident set, in MB.
function Get-ResidentSet {
    param([int] $Id)

    [long] [regex]::Match([System.IO.File]::ReadAllText("/proc/$Id/smaps_rollup"), '(?m)^Rss:\s+(\d+)').Groups[1].Value / 1024
}

Import-Module $Module
& $Command -WhatIf
$core = @(Get-CoreId)
[System.GC]::Collect()

# Idle is when the core's memory has not changed for half a second; the shell's own does by what looks at it.
$still = 0
$last = -1
while ($still -lt 5) {
    [System.Threading.Thread]::Sleep(100)
    $now = if ($core.Count) { Get-ResidentSet $core[0] } else { 0 }
    if ($now -eq $last) { $still++ } else { $still = 0 }
    $last = $now
}
Write-Measurement @{ shell = (Get-ResidentSet $PID); core = $last }
