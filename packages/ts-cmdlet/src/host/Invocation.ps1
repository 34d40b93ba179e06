# One call of a cmdlet, from its parameters to its end.

# Runs one call of a cmdlet in the core. $Cmdlet is the function's $PSCmdlet, $BoundParameters its $PSBoundParameters;
# $Pipeline is what Open-CorePipeline gave its begin block, where it has one.
function Invoke-CoreCmdlet {
    param($Cmdlet, $BoundParameters, $Pipeline)

    if ($null -eq $Pipeline) {
        Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $BoundParameters
        return
    }
    try { Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $BoundParameters $Pipeline } finally {
        # PowerShell leaves what this record bound there for the next one.
        foreach ($name in @($BoundParameters.get_Keys())) {
            if (-not $Pipeline.CommandLine.ContainsKey($name)) { [void] $BoundParameters.Remove($name) }
        }
    }
}

# Sends one request of a cmdlet to the core, and does what the core asks and tells until it answers.
function Invoke-CoreCall {
    param($Cmdlet, [string] $Method, $BoundParameters, $Pipeline)

    # A script function sees its module's preferences; a compiled cmdlet sees its caller's, and so do we from here on.
    $own = $ExecutionContext.SessionState.PSVariable
    foreach ($preference in $script:Preferences) {
        $callers = $Cmdlet.GetVariableValue($preference)
        if ($null -ne $callers) { $own.Set($preference, $callers) }
    }

    $core = $null
    $id = 0
    $confirmed = $answered = $dealing = $continued = $false
    try {
        # A new core gets the call behind its greeting, and answers both.
        while (-not $confirmed) {
            $core = Connect-Core $Cmdlet
            $params = ConvertTo-CallParameter $Cmdlet $core $BoundParameters $Pipeline
            $id = Open-CoreInbox $core
            Send-CoreMessage $Cmdlet $core "{""jsonrpc"":""2.0"",""id"":$id,""method"":""$Method"",""params"":$params}"
            $confirmed = $core['IsGreeted'] -or (Confirm-Core $Cmdlet $core)
        }
        # A `break` or `continue` further down the pipeline would end this loop, as the nearest: it is passed on below.
        while (-not $answered -and -not ($dealing -and ($continued = $true))) {
            $document = Receive-CoreMessage $Cmdlet $core $id
            $message = $document.RootElement
            $told = Get-JsonProperty $message 'method'
            $answered = $null -eq $told
            $dealing = $true
            if ($answered) { Complete-CoreCall $Cmdlet $core $message } else { Invoke-CoreRequest $Cmdlet $core $told $message }
            $dealing = $false
            $document.Dispose()
        }
    } finally {
        if (-not $answered) { Stop-CoreCall $Cmdlet $core $id $dealing }
        else { $core['Inboxes'].Remove($id) }
    }
    if ($continued) { continue }
    if ($dealing) { break }
}

# Gives the JSON of what a request tells the core.
function ConvertTo-CallParameter {
    param($Cmdlet, $Core, $BoundParameters, $Pipeline)

    $command = $Cmdlet.MyInvocation.MyCommand
    # Import-Module -Prefix renames a function, but not in its text.
    $name = if ($script:Module.Prefix) { $command.ScriptBlock.Ast.Name } else { $command.Name }
    $members = '"cmdlet":' + (ConvertTo-JsonText $name)
    $known = $null
    if ($null -ne $Pipeline) {
        $members += Join-CorePipeline $Cmdlet $Core $Pipeline
        $known = $Pipeline.CommandLine
    }
    if ($null -ne $BoundParameters) {
        $members += ',"parameterSetName":' + (ConvertTo-JsonText $Cmdlet.ParameterSetName) +
        ',"parameters":' + (ConvertTo-WireParameter $Cmdlet $BoundParameters $known)
        # The core then tells what would be done, and waits for no answer.
        if ($BoundParameters['WhatIf'] -and (Test-ShouldProcess $Cmdlet)) { $members += ',"whatIf":true' }
    }
    "{$members}"
}

# Deals with a call that was left unanswered: by Ctrl+C, a downstream command that has enough, or a fault of the core.
function Stop-CoreCall {
    param($Cmdlet, $Core, $Id, $IsDealing)

    # Of a new core, the greeting may not be sent, or be read and lost: the next call would wait for the answer.
    if ($null -ne $script:Core -and -not $script:Core['IsGreeted']) {
        Stop-Core 'a call was stopped while it started' 0
        return
    }
    if ($Id -eq 0) { return } # what was passed cannot be handed over
    $Core['Inboxes'].Remove($Id)
    if ($IsDealing) { Undo-StoppedError }
    if (-not [object]::ReferenceEquals($Core, $script:Core)) { return }
    Send-CoreMessage $Cmdlet $Core "{""jsonrpc"":""2.0"",""method"":""`$/cancelRequest"",""params"":{""id"":$Id}}"
    # Ctrl+C ends the waiting at once, and what does not stop then; anything else may leave it to the next call.
    $Core['IsCancelled'] = $true
    if (-not $IsDealing) { Stop-BusyCore $Cmdlet $Core }
}

# Ends a call with the core's answer: quietly, or with the terminating error that it tells.
function Complete-CoreCall {
    param($Cmdlet, $Core, $Message)

    $failure = Get-JsonProperty $Message 'error'
    if ($null -ne $failure) { Stop-FailedCall $Cmdlet $Core $failure }
}

function Stop-FailedCall {
    param($Cmdlet, $Core, $Failure)

    try {
        $data = Get-JsonProperty $Failure 'data'
        $record = if ($null -ne $data) { ConvertTo-ErrorRecord $data } else {
            New-ErrorRecord -Id 'CoreRefusedCall' -Category ProtocolError `
                -Message "The core of $($script:Module.Name) refused the call: $($Failure.GetProperty('message').GetString())." `
                -Action 'Its files may be of different versions: install the module again, then start a new session.'
        }
    } catch {
        Undo-CaughtError $_
        Stop-BrokenCore $Cmdlet $Core 'its error lacks what an error must have'
    }
    $Cmdlet.ThrowTerminatingError($record)
}
