# Measures runspaces of one process that all import the module and call it once, at the same time: how long many take, and by
# turns how much processor time one needs.
param([Parameter(Mandatory)] [int] $Count, [Parameter(Mandatory)] [int] $Runs, [Parameter(Mandatory)] [int] $WarmUp)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

$use = @"
`$ErrorActionPreference = 'Stop'
Import-Module SecMgmt
Connect-SecMgmtAccount -WhatIf
"@

# Gives the milliseconds from the start of all to the end of the last, and those of processor time that this process and the
# cores have needed; adds the ids of the cores to the list. The
# runspaces are open before and closed after. The garbage of opening them, about as much as they make after, is collected
# before: else it would be in the middle of what is measured.
function Measure-Runspace {
    param([int] $Number, $CoreIds)

    $shells = @(for ($i = 0; $i -lt $Number; $i++) {
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            $shell.Runspace.ThreadOptions = 'ReuseThread'
            [void] $shell.AddScript('1').Invoke()
            $shell.Commands.Clear()
            [void] $shell.AddScript($use)
            $shell
        })
    [System.GC]::Collect()
    $before = Get-ProcessorTime $PID
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $running = @(foreach ($shell in $shells) { $shell.BeginInvoke() })
    for ($i = 0; $i -lt $Number; $i++) { [void] $shells[$i].EndInvoke($running[$i]) }
    $watch.Stop()
    $processor = (Get-ProcessorTime $PID) - $before
    foreach ($id in Get-CoreId) {
        $CoreIds.Add($id)
        $processor += Get-ProcessorTime $id
    }
    foreach ($shell in $shells) {
        if ($shell.HadErrors) { throw "A runspace had errors: $($shell.Streams.Error)" }
        # A runspace that is given to a PowerShell object is not closed with it.
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }
    @{ Elapsed = $watch.Elapsed.TotalMilliseconds; Processor = $processor }
}

# The milliseconds of processor time that a process has needed so far.
function Get-ProcessorTime {
    param([int] $Id)

    $process = [System.Diagnostics.Process]::GetProcessById($Id)
    $process.TotalProcessorTime.TotalMilliseconds
    $process.Dispose()
}

# The number of processes that still run; each has five seconds.
function Get-LeftCount {
    param($Ids)

    $left = 0
    foreach ($id in $Ids) {
        try { $process = [System.Diagnostics.Process]::GetProcessById($id) } catch { continue }
        if (-not $process.WaitForExit(5000)) { $left++ }
        $process.Dispose()
    }
    $left
}

$subject = [System.Collections.Generic.List[double]]::new()
$yardstick = [System.Collections.Generic.List[double]]::new()
$coreIds = [System.Collections.Generic.List[int]]::new()
for ($run = - $WarmUp; $run -lt $Runs; $run++) {
    $many = Measure-Runspace $Count $coreIds
    $one = Measure-Runspace 1 $coreIds
    if ($run -ge 0) {
        $subject.Add($many.Elapsed)
        $yardstick.Add($one.Processor)
    }
}
Write-Measurement @{ subject = $subject.ToArray(); yardstick = $yardstick.ToArray(); cores = $coreIds.Count; left = Get-LeftCount $coreIds }
