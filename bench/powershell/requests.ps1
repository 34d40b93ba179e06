# Measures requests of the module beside those of PowerShell's own cmdlet, by turns in one session.
param([int] $Runs, [int] $WarmUp, [string] $What)

. "$PSScriptRoot/session-facts.ps1"
Import-Module SecMgmt
$ErrorActionPreference = 'Stop'
$tokens = New-SecMgmtAccessToken -RefreshToken $env:BENCH_REFRESH_TOKEN -Scopes 'https://graph.microsoft.com/.default'
[void] (Connect-SecMgmtAccount -RefreshToken $env:BENCH_REFRESH_TOKEN -ApplicationId $env:BENCH_CLIENT)

function Measure-Milliseconds {
    param([scriptblock] $Call)

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $script:Last = & $Call
    $clock.Elapsed.TotalMilliseconds
}

$pages = {
    @(Invoke-SecMgmtRequest '/things')
}
$loop = {
    $uri = 'https://graph.microsoft.com/v1.0/things'
    @(while ($uri) {
            $page = Invoke-RestMethod -Uri $uri -Authentication Bearer -Token $tokens.AccessToken -SkipCertificateCheck
            $page.value
            $uri = $page.'@odata.nextLink'
        })
}
$batch = {
    @(1..100 | ForEach-Object { "/things/$_" } | Invoke-SecMgmtRequest -Batch)
}
$single = {
    @(1..100 | ForEach-Object { "/things/$_" } | Invoke-SecMgmtRequest)
}
$subject, $yardstick = if ($What -eq 'batch') { $batch, $single } else { $pages, $loop }

$times = @{ subject = [System.Collections.Generic.List[double]]::new(); yardstick = [System.Collections.Generic.List[double]]::new() }
$same = $true
for ($run = 0; $run -lt $WarmUp + $Runs; $run++) {
    $own = Measure-Milliseconds $subject
    $ownLast = $script:Last
    $other = Measure-Milliseconds $yardstick
    $same = $same -and $ownLast.Count -eq $script:Last.Count -and $ownLast[-1].id -eq $script:Last[-1].id
    if ($run -ge $WarmUp) {
        $times.subject.Add($own)
        $times.yardstick.Add($other)
    }
}
Write-Measurement @{ subject = $times.subject.ToArray(); yardstick = $times.yardstick.ToArray(); same = $same }
