# Measures objects on their way into the pipeline: those of a handler, and by turns the same ones made by the engine from
# JSON text in memory.
param([Parameter(Mandatory)] [int] $Count, [Parameter(Mandatory)] [int] $Runs, [Parameter(Mandatory)] [int] $WarmUp)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

Import-Module HostProbe
$filler = 'x' * 100
$items = for ($i = 0; $i -lt $Count; $i++) { "{""Index"":$i,""Filler"":""$filler""}" }
$json = '[' + ($items -join ',') + ']'

# Whether both give the same objects, by their number, their properties and the values of the last.
function Test-SameObject {
    param($Left, $Right)

    $names = foreach ($object in $Left[-1], $Right[-1]) { @($object.PSObject.Properties.Name) -join ' ' }
    $Left.Count -eq $Count -and $Right.Count -eq $Count -and $names[0] -ceq $names[1] -and
    $Left[-1].Index -eq $Right[-1].Index -and $Left[-1].Filler -ceq $Right[-1].Filler
}

$watch = [System.Diagnostics.Stopwatch]::new()
$subject = [System.Collections.Generic.List[double]]::new()
$yardstick = [System.Collections.Generic.List[double]]::new()
$same = $true
for ($run = - $WarmUp; $run -lt $Runs; $run++) {
    [System.GC]::Collect()
    $watch.Restart()
    $handled = Test-Probe Objects -Count $Count
    $watch.Stop()
    if ($run -ge 0) { $subject.Add($watch.Elapsed.TotalMilliseconds) }

    [System.GC]::Collect()
    $watch.Restart()
    $converted = ConvertFrom-Json $json
    $watch.Stop()
    if ($run -ge 0) { $yardstick.Add($watch.Elapsed.TotalMilliseconds) }

    $same = $same -and (Test-SameObject $handled $converted)
    $handled = $converted = $null
}
Write-Measurement @{ subject = $subject.ToArray(); yardstick = $yardstick.ToArray(); same = $same }
