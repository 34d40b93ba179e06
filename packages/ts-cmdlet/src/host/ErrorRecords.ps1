# What the module's own PowerShell has of its host.

# Makes an error record whose exception's message says both what happened and what to do; on the screen the second is
# the recommended action. The core makes an error of the cmdlet from it, and Records.cs a record for any PowerShell: one before
# 7.5 does not show the action.
function New-ErrorRecord {
    param(
        [string] $Id,
        [System.Management.Automation.ErrorCategory] $Category,
        [string] $Message,
        [string] $Action,
        [string] $Target
    )

    $exception = [System.InvalidOperationException]::new("$Message $Action")
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $Id, $Category, $Target)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($Message)
    $record.ErrorDetails.RecommendedAction = $Action
    $record
}
