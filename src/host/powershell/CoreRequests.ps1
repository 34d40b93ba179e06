# Messages of the core to a call that runs: streams, questions, and calls of the module's own PowerShell.

# Does what the core asks or tells in the middle of a call.
function Invoke-CoreRequest {
    param($Cmdlet, $Core, [string] $Method, $Message)

    try {
        $params = $Message.GetProperty('params')
        # No `switch`: it would take a `break` further down the pipeline for its own.
        if ($Method -ceq 'stream/output') {
            Write-CoreOutput $Cmdlet $params.GetProperty('values')
        } elseif ($Method -ceq 'stream/error') {
            $Cmdlet.WriteError((ConvertTo-ErrorRecord $params.GetProperty('error')))
        } elseif ($Method -ceq 'stream/warning') {
            $Cmdlet.WriteWarning($params.GetProperty('message').GetString())
            if ($null -ne (Get-JsonProperty $params 'mustBeSeen')) { Show-SilencedWarning $Cmdlet $params.GetProperty('message').GetString() }
        } elseif ($Method -ceq 'stream/verbose') {
            $Cmdlet.WriteVerbose($params.GetProperty('message').GetString())
        } elseif ($Method -ceq 'stream/debug') {
            $Cmdlet.WriteDebug($params.GetProperty('message').GetString())
        } elseif ($Method -ceq 'stream/information') {
            $tags = [string[]] (ConvertFrom-WireValue $params.GetProperty('tags'))
            $Cmdlet.WriteInformation($params.GetProperty('message').GetString(), $tags)
        } elseif ($Method -ceq 'stream/progress') {
            $Cmdlet.WriteProgress((ConvertTo-ProgressRecord $params))
        } elseif ($Method -ceq 'host/shouldProcess') {
            $answer = $Cmdlet.ShouldProcess($params.GetProperty('target').GetString(), $params.GetProperty('action').GetString())
            Send-CoreMessage $Cmdlet $Core @{ id = $Message.GetProperty('id').GetInt32(); result = $answer }
        } elseif ($Method -ceq 'host/shouldContinue') {
            $answer = $Cmdlet.ShouldContinue($params.GetProperty('query').GetString(), $params.GetProperty('caption').GetString())
            Send-CoreMessage $Cmdlet $Core @{ id = $Message.GetProperty('id').GetInt32(); result = $answer }
        } elseif ($Method -ceq 'host/call') {
            $answer = Invoke-HostFunction $params.GetProperty('function').GetString() $params.GetProperty('arguments')
            $answer['id'] = $Message.GetProperty('id').GetInt32()
            Send-CoreMessage $Cmdlet $Core $answer
        } else {
            Stop-BrokenCore $Cmdlet $Core "it asked for '$Method', which this version of the module does not know"
        }
    } catch [System.Management.Automation.MethodInvocationException] {
        # Such as a question that a shell without a user cannot ask: in a script the next statement would run.
        $cause = $_.Exception.InnerException
        Undo-CaughtError $_
        # What comes out of a pipeline further down is not this cmdlet's error.
        if ($Method -ceq 'stream/output' -and $cause -is [System.Management.Automation.RuntimeException]) { throw $cause.ErrorRecord }
        if ($cause -is [System.Collections.Generic.KeyNotFoundException]) {
            Stop-BrokenCore $Cmdlet $Core "its message '$Method' lacks what such a message must have"
        }
        $record = if ($cause -is [System.Management.Automation.IContainsErrorRecord]) { $cause.ErrorRecord } else {
            [System.Management.Automation.ErrorRecord]::new($cause, $cause.GetType().Name, 'InvalidOperation', $null)
        }
        $Cmdlet.ThrowTerminatingError($record)
    }
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

# Calls a function of the module's own PowerShell for the core. Gives the answer without its id.
function Invoke-HostFunction {
    param([string] $Name, $Arguments)

    try {
        if ($script:HostFunctions -cnotcontains $Name) {
            throw (New-ErrorRecord -Id 'HostFunctionUnknown' -Category ProtocolError -Target $Name `
                    -Message "The core of $($script:Module.Name) asked for '$Name', which it may not call." `
                    -Action 'Its files may be of different versions: install the module again, then start a new session.')
        }
        $named = ConvertFrom-WireObject $Arguments
        @{ result = & $Name @named }
    } catch {
        $details = $_.ErrorDetails
        @{
            error = @{
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
    }
}
