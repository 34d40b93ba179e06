# What a module has of its host in its own script: what only script can do for it. A function is called by its definition,
# because its name may be an alias of the user's.

# Calls a function of the module's own PowerShell for the core.
function Invoke-OwnFunction {
    param($Name, $Arguments)

    $call = {
        param($Name, $Arguments)
        & $ExecutionContext.InvokeCommand.GetCommand($Name, 'Function') @Arguments
    }
    & (& ${function:Get-OwnModule}).NewBoundScriptBlock($call) $Name $Arguments
}

# Gives the module that the module's own PowerShell is in, loaded when it is first needed. It is one of its own, since what a
# function defines vanishes when it returns.
function Get-OwnModule {
    if ($null -eq $script:OwnModule) {
        $own = [System.Management.Automation.PSModuleInfo]::new($true)
        . ($own.NewBoundScriptBlock({ ${function:Undo-CaughtError} = $args[0] })) ${function:Undo-CaughtError}
        $load = $own.NewBoundScriptBlock({ . $args[0] })
        foreach ($name in $script:HostSetting['Scripts']) {
            . $load ([System.IO.Path]::Combine($PSScriptRoot, $name))
        }
        $script:OwnModule = $own
    }
    $script:OwnModule
}

# Takes an error that was caught and dealt with out of $Error, where PowerShell puts each: it is not the user's.
function Undo-CaughtError {
    param($Caught)

    $cause = $Caught.Exception.GetBaseException()
    while ($global:Error.Count -and $global:Error[0].Exception?.GetBaseException() -eq $cause) { $global:Error.RemoveAt(0) }
}

# Makes the error of an import that needs a file of the module which cannot be loaded.
function New-IncompleteRecord {
    param([string] $File, [string] $Reason)

    $File = [System.IO.Path]::GetFullPath($File)
    $message = "The import could not load a part of the module, ${File}: $Reason"
    $action = 'The files of the module are incomplete or were changed: install it again, then start a new session.'
    $record = [System.Management.Automation.ErrorRecord]::new([System.IO.FileLoadException]::new("$message $action", $File), 'ModuleIncomplete', 'ResourceUnavailable', $File)
    # The host that could not be loaded has the same rule (Records.cs): PowerShell shows an action from 7.5 on.
    $isActionShown = $PSVersionTable.PSVersion.Major -gt 7 -or $PSVersionTable.PSVersion.Minor -ge 5
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($(if ($isActionShown) { $message } else { "$message $action" }))
    $record.ErrorDetails.RecommendedAction = $action
    $record
}

# Deals with an error of the import of the module's types: where another version of the module is there, its types stay.
function Confirm-OtherVersion {
    param([string] $Name, $Caught)

    if ($null -eq (Microsoft.PowerShell.Core\Get-Module $Name)) { throw $Caught }
    & ${function:Undo-CaughtError} $Caught
}

# ConstrainedLanguage gives the script of a module that it does not trust no methods of .NET, with which an error record could
# be made: the text is all there is.
function Assert-LanguageMode {
    if ($ExecutionContext.SessionState.LanguageMode -eq 'ConstrainedLanguage') {
        throw "$($ExecutionContext.SessionState.Module.Name) cannot work in ConstrainedLanguage. Have the module trusted by the policy of this computer, or import it before the language mode is set."
    }
}
