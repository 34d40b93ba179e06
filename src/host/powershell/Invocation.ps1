# One call of a cmdlet, from its parameters to its end.

# Runs one call of a cmdlet in the core. $Cmdlet is the function's $PSCmdlet, $BoundParameters its $PSBoundParameters;
# $Pipeline is what Open-CorePipeline gave its begin block, where it has one.
function Invoke-CoreCmdlet {
    param($Cmdlet, $BoundParameters, $Pipeline)

    $known = if ($null -ne $Pipeline) { $Pipeline.CommandLine }
    $params = @{
        cmdlet           = $Cmdlet.MyInvocation.MyCommand.Name
        parameterSetName = $Cmdlet.ParameterSetName
        parameters       = ConvertTo-WireParameter $Cmdlet $BoundParameters $known
    }
    if ($null -eq $Pipeline) {
        Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $params
        return
    }
    $params['pipeline'] = $Pipeline.Id
    try { Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $params $Pipeline } finally {
        # PowerShell leaves what this record bound there for the next one.
        foreach ($name in @($BoundParameters.psbase.Keys)) {
            if (-not $known.ContainsKey($name)) { [void] $BoundParameters.Remove($name) }
        }
    }
}

# Sends one request of a cmdlet to the core, and does what the core asks and tells until it answers.
function Invoke-CoreCall {
    param($Cmdlet, [string] $Method, [hashtable] $Params, $Pipeline)

    # A script function sees its module's preferences; a compiled cmdlet sees its caller's, and so do we from here on.
    $caller = $Cmdlet.SessionState.PSVariable
    $ErrorActionPreference = $caller.GetValue('ErrorActionPreference', $ErrorActionPreference)
    $WarningPreference = $caller.GetValue('WarningPreference', $WarningPreference)
    $VerbosePreference = $caller.GetValue('VerbosePreference', $VerbosePreference)
    $DebugPreference = $caller.GetValue('DebugPreference', $DebugPreference)
    $InformationPreference = $caller.GetValue('InformationPreference', $InformationPreference)
    $ProgressPreference = $caller.GetValue('ProgressPreference', $ProgressPreference)
    $WhatIfPreference = $caller.GetValue('WhatIfPreference', $WhatIfPreference)
    $ConfirmPreference = $caller.GetValue('ConfirmPreference', $ConfirmPreference)

    $core = Connect-Core $Cmdlet
    if ($null -ne $Pipeline) { Join-CorePipeline $Cmdlet $core $Pipeline $Params }
    $id = Open-CoreInbox $core
    $answered = $dealing = $continued = $false
    try {
        Send-CoreMessage $Cmdlet $core @{ id = $id; method = $Method; params = $Params }
        # A `break` or `continue` further down the pipeline would end this loop, as the nearest: it is passed on below.
        while (-not $answered -and -not ($dealing -and ($continued = $true))) {
            $document = Receive-CoreMessage $Cmdlet $core $id
            $message = $document.RootElement
            $told = [System.Text.Json.JsonElement]::new()
            $answered = -not $message.TryGetProperty('method', [ref] $told)
            $dealing = $true
            if ($answered) { Complete-CoreCall $Cmdlet $message } else { Invoke-CoreRequest $Cmdlet $core $told.GetString() $message }
            $dealing = $false
            $document.Dispose()
        }
    } finally {
        [void] $core.Inboxes.Remove($id)
        # Reached unanswered by Ctrl+C, by a downstream command that has enough, or by a fault of the core.
        if (-not $answered -and $core -eq $script:Core) {
            Send-CoreMessage $Cmdlet $core @{ method = '$/cancelRequest'; params = @{ id = $id } }
            # Ctrl+C ends the waiting at once, and what does not stop then; anything else may leave it to the next call.
            $core.IsCancelled = $true
            if (-not $dealing) { Stop-BusyCore $Cmdlet $core }
        }
    }
    if ($continued) { continue }
    if ($dealing) { break }
}

# Ends a call with the core's answer: quietly, or with the terminating error that it tells.
function Complete-CoreCall {
    param($Cmdlet, $Message)

    $failure = Get-JsonProperty $Message 'error'
    if ($null -eq $failure) { return }
    $record = Get-JsonProperty $failure 'data'
    if ($null -ne $record) { $Cmdlet.ThrowTerminatingError((ConvertTo-ErrorRecord $record)) }
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'CoreRefusedCall' -Category ProtocolError `
                -Message "The core of $($script:Module.Name) refused the call: $($failure.GetProperty('message').GetString())." `
                -Action 'Its files may be of different versions: install the module again, then start a new session.'))
}
