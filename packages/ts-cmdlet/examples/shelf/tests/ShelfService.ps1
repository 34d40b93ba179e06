# What each test file dot-sources in its BeforeAll, with the module's manifest in $Manifest: starts the service of these tests, on
# loopback, and imports the module.
$key = [guid]::NewGuid().ToString()
$start = [System.Diagnostics.ProcessStartInfo]::new($env:SHELF_NODE ?? 'node')
$start.ArgumentList.Add("$PSScriptRoot/shelf-service.ts")
$start.RedirectStandardInput = $start.RedirectStandardOutput = $true
$service = [System.Diagnostics.Process]::Start($start)
$service.StandardInput.WriteLine($key)
$uri = $service.StandardOutput.ReadLine()

# What the service has, without the module.
function Read-Service([string] $Path) {
    Invoke-RestMethod "$uri$Path" -Headers @{ Authorization = "Bearer $key" } -NoProxy
}

# What the module has asked the service for since this was called last.
function Read-Request { @(Invoke-RestMethod "${uri}test/requests" -NoProxy) | ForEach-Object { $_ } }

# Waits until this many calls watch the shelf.
function Wait-Watcher([int] $Count) { $null = Invoke-RestMethod "${uri}test/watchers?count=$Count" -TimeoutSec 30 -NoProxy }

function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }

function Get-ErrorOf([scriptblock] $Script) { try { $null = & $Script } catch { $_ } }

# Starts a script in a runspace of its own, which has its own connection.
function Start-Apart([string] $Script) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript('param($Manifest, $Uri, $Key) Import-Module $Manifest; $null = Connect-Shelf $Uri -Key $Key').
        AddParameters(@{ Manifest = $Manifest; Uri = $uri; Key = $key }).AddStatement().AddScript($Script)
    @{ Shell = $shell; Running = $shell.BeginInvoke() }
}

$Manifest = Convert-Path $Manifest
Import-Module $Manifest

# Connects, with five items on the shelf.
function Initialize-Shelf {
    $null = Connect-Shelf $uri -Key (ConvertTo-SecureString $key -AsPlainText)
    'plan.txt', 'notes.txt', 'Draft.md', 'list.txt', 'a b.txt' | ForEach-Object {
        $null = New-ShelfItem $_ "The content of $_" -Label text, ($_ -replace '\W')
    }
    $null = Read-Request
}

function Clear-Shelf {
    $null = Connect-Shelf $uri -Key $key
    Remove-ShelfItem * -Force
}

function Stop-Shelf {
    Remove-Module Shelf
    $service.StandardInput.Close()
    $service.WaitForExit()
}
