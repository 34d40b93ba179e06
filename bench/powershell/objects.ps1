# Measures objects on their way into the pipeline: those of a handler, and by turns the same ones of a compiled cmdlet.
param(
    [Parameter(Mandatory)] [ValidateSet('Objects', 'DatedObjects')] [string] $Action,
    [Parameter(Mandatory)] [int] $Count,
    [Parameter(Mandatory)] [int] $Runs,
    [Parameter(Mandatory)] [int] $WarmUp
)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

Import-Module HostProbe, CompiledModule
$isDated = $Action -eq 'DatedObjects'

# Whether both give the same objects, by their number, their properties and the types and values of the last.
function Test-SameObject {
    param($Left, $Right)

    $texts = foreach ($object in $Left[-1], $Right[-1]) {
        @(foreach ($property in $object.PSObject.Properties) { "$($property.Name) $($property.Value.GetType()) $($property.Value)" }) -join ', '
    }
    $Left.Count -eq $Count -and $Right.Count -eq $Count -and $texts[0] -ceq $texts[1]
}

# Notes when the first object arrives.
function Read-First {
    begin { $isFirst = $true }
    process { if ($isFirst) { $watch.Elapsed.TotalMilliseconds; $isFirst = $false } }
}

$watch = [System.Diagnostics.Stopwatch]::new()
$subject = [System.Collections.Generic.List[double]]::new()
$yardstick = [System.Collections.Generic.List[double]]::new()
$subjectFirst = [System.Collections.Generic.List[double]]::new()
$yardstickFirst = [System.Collections.Generic.List[double]]::new()
$same = $true
for ($run = - $WarmUp; $run -lt $Runs; $run++) {
    [System.GC]::Collect()
    $watch.Restart()
    $handled = Test-Probe $Action -Count $Count
    $ofHandler = $watch.Elapsed.TotalMilliseconds

    [System.GC]::Collect()
    $watch.Restart()
    $compiled = Write-CompiledObject -Count $Count -WithDates:$isDated
    $ofCompiled = $watch.Elapsed.TotalMilliseconds

    $same = $same -and (Test-SameObject $handled $compiled)
    $handled = $compiled = $null

    $watch.Restart()
    $first = Test-Probe $Action -Count $Count | Read-First
    $watch.Restart()
    $compiledFirst = Write-CompiledObject -Count $Count -WithDates:$isDated | Read-First
    if ($run -lt 0) { continue }
    $subject.Add($ofHandler)
    $yardstick.Add($ofCompiled)
    $subjectFirst.Add($first)
    $yardstickFirst.Add($compiledFirst)
}
Write-Measurement @{
    subject        = $subject.ToArray()
    yardstick      = $yardstick.ToArray()
    subjectFirst   = $subjectFirst.ToArray()
    yardstickFirst = $yardstickFirst.ToArray()
    same           = $same
}
