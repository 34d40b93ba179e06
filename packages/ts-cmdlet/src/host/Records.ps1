# Error and progress records.

# Takes an error that was caught and dealt with out of $Error, where PowerShell puts each: it is not the user's.
function Undo-CaughtError {
    param($Caught)

    # The record there is a copy. There may be one more for each method that the exception came through, which wraps it. That
    # of several exceptions in one gives the first inside as its base, which may have one of its own.
    $cause = $Caught.Exception.GetBaseException().GetBaseException()
    while ($global:Error.Count -gt 0) {
        $last = $global:Error[0]
        if ($last -isnot [System.Management.Automation.ErrorRecord] -or $last.Exception.GetBaseException().GetBaseException() -ne $cause) { return }
        $global:Error.RemoveAt(0)
    }
}

# Takes out of $Error what Ctrl+C at a question leaves there, an error of a line in this file: no `catch` is reached then.
function Undo-StoppedError {
    while ($global:Error.Count -gt 0) {
        $last = $global:Error[0]
        if ($last -isnot [System.Management.Automation.ErrorRecord] -or $last.InvocationInfo?.ScriptName -ne $PSCommandPath) { return }
        $global:Error.RemoveAt(0)
    }
}

# Makes an error record whose exception's message says both what happened and what to do; on the screen the second is
# the recommended action.
function New-ErrorRecord {
    param(
        [string] $Id,
        [System.Management.Automation.ErrorCategory] $Category,
        [string] $Message,
        [string] $Action,
        [string] $Target,
        [string] $ExceptionType
    )

    $text = "$Message $Action"
    $exception = switch ($ExceptionType) {
        'System.ArgumentException' { [System.ArgumentException]::new($text) }
        'System.NotImplementedException' { [System.NotImplementedException]::new($text) }
        'System.TimeoutException' { [System.TimeoutException]::new($text) }
        'System.OperationCanceledException' { [System.OperationCanceledException]::new($text) }
        'System.Net.Http.HttpRequestException' { [System.Net.Http.HttpRequestException]::new($text) }
        'System.Security.Authentication.AuthenticationException' { [System.Security.Authentication.AuthenticationException]::new($text) }
        default { [System.InvalidOperationException]::new($text) }
    }
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $Id, $Category, $Target)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($Message)
    $record.ErrorDetails.RecommendedAction = $Action
    $record
}

function ConvertTo-ErrorRecord {
    param($Element)

    $type = Get-JsonProperty $Element 'exceptionType'
    $record = New-ErrorRecord -Id $Element.GetProperty('errorId').GetString() `
        -Category $Element.GetProperty('category').GetString() `
        -Message $Element.GetProperty('message').GetString() `
        -Action $Element.GetProperty('recommendedAction').GetString() `
        -Target $Element.GetProperty('targetObject').GetString() `
        -ExceptionType $(if ($null -ne $type) { $type.GetString() })
    $data = Get-JsonProperty $Element 'data'
    if ($null -ne $data) {
        foreach ($entry in $data.EnumerateObject()) { $record.Exception.Data[$entry.Name] = $entry.Value.GetString() }
    }
    $record
}

function ConvertTo-ProgressRecord {
    param($Element)

    $record = [System.Management.Automation.ProgressRecord]::new(
        1, $Element.GetProperty('activity').GetString(), $Element.GetProperty('status').GetString())
    $percent = Get-JsonProperty $Element 'percentComplete'
    if ($null -ne $percent) { $record.PercentComplete = $percent.GetInt32() }
    $seconds = Get-JsonProperty $Element 'secondsRemaining'
    if ($null -ne $seconds) { $record.SecondsRemaining = $seconds.GetInt32() }
    $completed = Get-JsonProperty $Element 'completed'
    if ($null -ne $completed -and $completed.GetBoolean()) { $record.RecordType = 'Completed' }
    $record
}
