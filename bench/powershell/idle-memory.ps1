# Measures the memory of idle processes, in MB: a core after one call, and beside it a Node.js that waits for input.
# Linux alone tells it so.
param([Parameter(Mandatory)] [string] $Node, [Parameter(Mandatory)] [int] $Runs)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

# A process's resident set (Rss), and its share of it (Pss), in MB.
function Get-Memory {
    param([int] $Id)

    $text = [System.IO.File]::ReadAllText("/proc/$Id/smaps_rollup")
    $memory = @{}
    foreach ($name in 'Rss', 'Pss') { $memory[$name] = [long] [regex]::Match($text, "(?m)^${name}:\s+(\d+)").Groups[1].Value / 1024 }
    $memory
}

# Waits until neither process's memory has changed for half a second: that is what idle means here.
function Wait-Idle {
    param([int[]] $Id)

    $still = 0
    $last = ''
    while ($still -lt 5) {
        [System.Threading.Thread]::Sleep(100)
        $now = @(foreach ($each in $Id) { (Get-Memory $each).Rss }) -join ' '
        if ($now -eq $last) { $still++ } else { $still = 0 }
        $last = $now
    }
}

$subject = [System.Collections.Generic.List[double]]::new()
$yardstick = [System.Collections.Generic.List[double]]::new()
$shares = @{ subject = [System.Collections.Generic.List[double]]::new(); yardstick = [System.Collections.Generic.List[double]]::new() }
for ($run = 0; $run -lt $Runs; $run++) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Node, [string[]] @('-e', 'process.stdin.resume()'))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $idle = [System.Diagnostics.Process]::Start($start)
    try {
        Import-Module SecMgmt
        Connect-SecMgmtAccount -WhatIf
        $core = Get-CoreId
        Wait-Idle $core, $idle.Id
        $ofCore = Get-Memory $core
        $ofIdle = Get-Memory $idle.Id
        $subject.Add($ofCore.Rss)
        $yardstick.Add($ofIdle.Rss)
        $shares.subject.Add($ofCore.Pss)
        $shares.yardstick.Add($ofIdle.Pss)
    } finally {
        Remove-Module SecMgmt
        $idle.StandardInput.Close()
        $idle.WaitForExit()
    }
}
Write-Measurement @{
    subject        = $subject.ToArray()
    yardstick      = $yardstick.ToArray()
    subjectShare   = $shares.subject.ToArray()
    yardstickShare = $shares.yardstick.ToArray()
}
