# Measures what the engine takes for the parts of a first call, each as plainly as script can do it and in a function of its
# own: the least that calls a core and asks, and with -Parts more of what the host has to do besides. No module is imported.
param(
    [Parameter(Mandatory)] [string] $Node,
    [Parameter(Mandatory)] [string] $Core, # the core's file
    [Parameter(Mandatory)] [int] $Parts # how many of those below
)

$ErrorActionPreference = 'Stop'
. ([System.IO.Path]::Combine($PSScriptRoot, 'session-facts.ps1'))
$script:Names = @(
    'none'
    'waiting in slices, for Ctrl+C and the time limit'
    'the JSON of the messages, and whose they are'
    'an environment without NODE_OPTIONS and the like'
    'what the core prints'
    'the end with the runspace'
    "the caller's preferences"
    'finding Node.js'
    'the JSON of the parameters'
    'errors: caught, and undone in a finally'
)
$script:Greeting = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":3}}'
$script:Call = '{"jsonrpc":"2.0","id":2,"method":"cmdlet/invoke","params":{"cmdlet":"Connect-SecMgmtAccount","parameterSetName":"User","parameters":{}}}'
$script:Buffer = [byte[]]::new(64KB)
$script:Slice = 100
$script:LineEnd = [byte] 10
$script:Utf8 = [System.Text.UTF8Encoding]::new($false, $true)

function Test-FirstCall {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    if ($Parts -ge 6) { Copy-Preference $PSCmdlet }
    $start = [System.Diagnostics.ProcessStartInfo]::new($(if ($Parts -ge 7) { Find-FirstNode } else { $Node }), [string[]] $Core)
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    if ($Parts -ge 3) { Clear-NodeVariable $start }
    $script:Process = [System.Diagnostics.Process]::Start($start)
    if ($Parts -ge 4) { Start-ErrorReading }
    if ($Parts -ge 5) { Register-RunspaceEnd }
    $call = if ($Parts -ge 8) { ConvertTo-Call $PSCmdlet $PSBoundParameters } else { $script:Call }
    if ($Parts -ge 9) { Send-Guarded "$script:Greeting`n$call`n" } else { $script:Process.StandardInput.Write("$script:Greeting`n$call`n") }
    $script:Process.StandardInput.Flush()
    $lines = if ($Parts -ge 1) { Read-InSlice } else { $script:Process.StandardOutput.ReadLine(), $script:Process.StandardOutput.ReadLine() }
    $target, $action = if ($Parts -ge 2) { Read-Question $lines } else { 'target', 'action' }
    [void] $PSCmdlet.ShouldProcess($target, $action)
}

function Read-InSlice {
    $length = 0
    $found = 0
    do {
        $reading = $script:Process.StandardOutput.BaseStream.ReadAsync($script:Buffer, $length, $script:Buffer.Length - $length)
        while (-not $reading.Wait($script:Slice)) { }
        $before = $length
        $length += $reading.Result
        $from = $before
        while (($at = [array]::IndexOf[byte]($script:Buffer, $script:LineEnd, $from, $length - $from)) -ge 0) {
            $found++
            $from = $at + 1
        }
    } while ($found -lt 2)
    $script:Utf8.GetString($script:Buffer, 0, $length).Split("`n")
}

function Read-Question {
    param($Lines)

    foreach ($line in $Lines) {
        if (-not $line) { continue }
        $message = [System.Text.Json.JsonDocument]::Parse($line).RootElement
        $params = [System.Text.Json.JsonElement]::new()
        if (-not $message.TryGetProperty('params', [ref] $params)) {
            if ([version] $message.GetProperty('result').GetProperty('nodeVersion').GetString() -lt [version] '22.12') { throw 'too old' }
        } elseif ($params.GetProperty('invocation').GetInt32() -eq 2) {
            $params.GetProperty('target').GetString(), $params.GetProperty('action').GetString()
        }
    }
}

function Clear-NodeVariable {
    param($Start)

    $names = @($Start.Environment.Keys)
    foreach ($name in @($names -like 'NODE_*') + @($names -like 'OPENSSL_*')) { [void] $Start.Environment.Remove($name) }
}

function Start-ErrorReading {
    $script:Reading = $script:Process.StandardError.BaseStream.ReadAsync($script:Buffer, 0, $script:Buffer.Length)
}

function Register-RunspaceEnd {
    $expression = [System.Linq.Expressions.Expression]
    $given = $expression::Parameter([object]), $expression::Parameter([System.Management.Automation.Runspaces.RunspaceStateEventArgs])
    $close = $expression::Call($expression::Constant($script:Process.StandardInput.BaseStream), 'Dispose', $null)
    $type = [System.EventHandler[System.Management.Automation.Runspaces.RunspaceStateEventArgs]]
    [runspace]::DefaultRunspace.add_StateChanged($expression::Lambda($type, $close, [System.Linq.Expressions.ParameterExpression[]] $given).Compile())
}

function Copy-Preference {
    param($Cmdlet)

    $own = $ExecutionContext.SessionState.PSVariable
    foreach ($name in 'ErrorActionPreference', 'VerbosePreference', 'WhatIfPreference') { $own.Set($name, $Cmdlet.GetVariableValue($name)) }
}

function Find-FirstNode {
    $setting = [System.Environment]::GetEnvironmentVariable('SECMGMT_NODE')
    if ([System.IO.Path]::IsPathFullyQualified($setting) -and [System.IO.File]::Exists($setting)) { $setting }
}

function ConvertTo-Call {
    param($Cmdlet, $BoundParameters)

    $members = foreach ($name in $BoundParameters.psbase.Keys) {
        if ([System.Management.Automation.Cmdlet]::CommonParameters.Contains($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name)) { continue }
        """$name"":""$($BoundParameters[$name])"""
    }
    '{"jsonrpc":"2.0","id":2,"method":"cmdlet/invoke","params":{"cmdlet":"Connect-SecMgmtAccount","parameterSetName":"User","parameters":{' + ($members -join ',') + '}}}'
}

function Send-Guarded {
    param($Text)

    $bytes = $script:Utf8.GetBytes($Text)
    try { $script:Process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length) }
    catch [System.IO.IOException], [System.ObjectDisposedException] { throw "The core no longer listens: $_" }
    finally { [array]::Clear($bytes) }
}

$watch = [System.Diagnostics.Stopwatch]::StartNew()
$watch.Restart()
[void] $watch.Elapsed.TotalMilliseconds
$watch.Restart()
Test-FirstCall -WhatIf
$taken = $watch.Elapsed.TotalMilliseconds
$script:Process.StandardInput.Dispose()
Write-Measurement @{ taken = $taken; part = $script:Names[$Parts]; parts = $script:Names.Count }
