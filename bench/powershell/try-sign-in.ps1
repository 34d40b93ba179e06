# Previews a sign-in, or tries one; there is no network, so it fails at once.
param([Parameter(Mandatory)] [ValidateSet('Preview', 'SignIn')] [string] $Try)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))

Import-Module SecMgmt
if ($Try -eq 'Preview') {
    Connect-SecMgmtAccount -WhatIf
} else {
    $failed = $false
    try { [void] (Connect-SecMgmtAccount -UseDeviceAuthentication) } catch { $failed = $true }
    if (-not $failed) { throw 'The sign-in succeeded where there is no network.' }
}
Write-Measurement @{}
