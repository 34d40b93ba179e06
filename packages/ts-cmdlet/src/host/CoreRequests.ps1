# Messages of the core to a call that runs: streams, questions, and calls of the module's own PowerShell.

# Does what the core asks or tells in the middle of a call.
function Invoke-CoreRequest {
    param($Cmdlet, $Core, $Told, $Message)

    $method = ''
    try {
        $method = $Told.GetString()
        $params = $Message.GetProperty('params')
        # No `switch`: it would take a `break` further down the pipeline for its own.
        if ($method -ceq 'stream/output') { Write-CoreOutput $Cmdlet $params.GetProperty('values') }
        elseif ($method -ceq 'host/shouldProcess') {
            $answer = $Cmdlet.ShouldProcess($params.GetProperty('target').GetString(), $params.GetProperty('action').GetString())
            if ($null -ne (Get-JsonProperty $Message 'id')) { Send-CoreAnswer $Cmdlet $Core $Message $(if ($answer) { 'true' } else { 'false' }) }
        } else { Invoke-OtherRequest $Cmdlet $Core $method $Message $params }
    } catch { Stop-FailedRequest $Cmdlet $Core $method $_ }
}

# Does what is asked or told less often, in a function that the first call does without.
function Invoke-OtherRequest {
    param($Cmdlet, $Core, [string] $Method, $Message, $Params)

    if ($Method -ceq 'stream/error') {
        $Cmdlet.WriteError((ConvertTo-ErrorRecord $Params.GetProperty('error')))
    } elseif ($Method -ceq 'stream/warning') {
        $Cmdlet.WriteWarning($Params.GetProperty('message').GetString())
        if ($null -ne (Get-JsonProperty $Params 'mustBeSeen')) { Show-SilencedWarning $Cmdlet $Params.GetProperty('message').GetString() }
    } elseif ($Method -ceq 'stream/verbose') {
        $Cmdlet.WriteVerbose($Params.GetProperty('message').GetString())
    } elseif ($Method -ceq 'stream/debug') {
        $Cmdlet.WriteDebug($Params.GetProperty('message').GetString())
    } elseif ($Method -ceq 'stream/information') {
        $tags = [string[]] (ConvertFrom-WireValue $Params.GetProperty('tags'))
        $Cmdlet.WriteInformation($Params.GetProperty('message').GetString(), $tags)
    } elseif ($Method -ceq 'stream/progress') {
        $Cmdlet.WriteProgress((ConvertTo-ProgressRecord $Params))
    } elseif ($Method -ceq 'host/shouldContinue') {
        $answer = $Cmdlet.ShouldContinue($Params.GetProperty('query').GetString(), $Params.GetProperty('caption').GetString())
        Send-CoreAnswer $Cmdlet $Core $Message $(if ($answer) { 'true' } else { 'false' })
    } elseif ($Method -ceq 'host/ping') {
        Send-CoreAnswer $Cmdlet $Core $Message '{}'
    } elseif ($Method -ceq 'host/call') {
        $answer = Invoke-HostFunction $Params.GetProperty('function').GetString() $Params.GetProperty('arguments')
        Send-CoreAnswer $Cmdlet $Core $Message $answer['json'] $answer['member']
    } else {
        Stop-BrokenCore $Cmdlet $Core "it asked for '$Method', which this version of the module does not know"
    }
}

# Answers a question of the core: with the JSON of a result, or of an error.
function Send-CoreAnswer {
    param($Cmdlet, $Core, $Question, [string] $Json, [string] $Member = 'result')

    $id = $Question.GetProperty('id').GetInt32()
    Send-CoreMessage $Cmdlet $Core "{""jsonrpc"":""2.0"",""id"":$id,""$Member"":$Json}"
}

# Ends a call in which PowerShell could not do what the core asked for, such as a question that a shell without a user cannot
# ask: in a script the next statement would run.
function Stop-FailedRequest {
    param($Cmdlet, $Core, [string] $Method, $Caught)

    $cause = $Caught.Exception.InnerException
    Undo-CaughtError $Caught
    # What comes out of a pipeline further down is not this cmdlet's error.
    if ($Caught.Exception -is [System.Management.Automation.ScriptCallDepthException]) { throw $Caught }
    if ($Method -ceq 'stream/output' -and $cause -is [System.Management.Automation.RuntimeException]) { throw $cause.ErrorRecord }
    # What the reader of JSON throws and what cannot be converted are faults of the message. The rest comes from PowerShell.
    $isUnwrapped = $Caught.Exception -isnot [System.Management.Automation.MethodInvocationException]
    if ($isUnwrapped -or $cause -is [System.Collections.Generic.KeyNotFoundException] -or $cause.Source -like 'System.Text.Json*') {
        Stop-BrokenCore $Cmdlet $Core "its message '$Method' lacks what such a message must have"
    }
    $record = if ($cause -is [System.Management.Automation.IContainsErrorRecord]) { $cause.ErrorRecord } else {
        [System.Management.Automation.ErrorRecord]::new($cause, $cause.GetType().Name, 'InvalidOperation', $null)
    }
    $Cmdlet.ThrowTerminatingError($record)
}

# Puts a warning that its user has to act on straight on the screen, where warnings are silent and no progress is shown.
function Show-SilencedWarning {
    param($Cmdlet, [string] $Message)

    $bound = $Cmdlet.MyInvocation.BoundParameters
    $warnings = if ($bound.ContainsKey('WarningAction')) { $bound['WarningAction'] } else { $WarningPreference }
    $progress = if ($bound.ContainsKey('ProgressAction')) { $bound['ProgressAction'] } else { $ProgressPreference }
    $isProgressSeen = "$progress" -eq 'Continue' -and -not [System.Console]::IsOutputRedirected
    if ("$warnings" -in 'SilentlyContinue', 'Ignore' -and -not $isProgressSeen) { $Host.UI.WriteLine($Message) }
}

# Calls a function of the module's own PowerShell for the core. Gives the JSON of the answer, and which member of it that is.
function Invoke-HostFunction {
    param([string] $Name, $Arguments)

    $member = 'result'
    try {
        if ($script:Settings['HostFunctions'] -cnotcontains $Name) {
            throw (New-ErrorRecord -Id 'HostFunctionUnknown' -Category ProtocolError -Target $Name `
                    -Message "The core of $($script:Module.Name) asked for '$Name', which it may not call." `
                    -Action 'Its files may be of different versions: install the module again, then start a new session.')
        }
        $named = ConvertFrom-WireObject $Arguments
        $answer = & $Name @named
    } catch {
        Undo-CaughtError $_
        $member = 'error'
        $details = $_.ErrorDetails
        $answer = @{
            code    = -32000
            message = $_.Exception.Message
            data    = @{
                errorId           = $_.FullyQualifiedErrorId.Split(',')[0]
                category          = $_.CategoryInfo.Category.ToString()
                message           = if ($null -ne $details) { $details.Message } else { $_.Exception.Message }
                recommendedAction = if ($null -ne $details) { $details.RecommendedAction } else { 'Report this.' }
                targetObject      = "$($_.TargetObject)"
                exceptionType     = $_.Exception.GetType().FullName
            }
        }
    }
    @{ member = $member; json = [System.Text.Json.JsonSerializer]::Serialize($answer, [object]) }
}
