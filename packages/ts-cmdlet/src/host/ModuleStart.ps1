# What a module needs at its import. The build puts this into the module's script, because each file that PowerShell opens
# costs time; the rest of the host is loaded by the first call (bench/README.md).

# Gives a function of the host. The first call of a session loads it.
function Get-HostCommand {
    param($Name, $Cmdlet)

    if ($null -eq $script:HostCommands) { $script:HostCommands = Import-ModuleHost $Cmdlet }
    $script:HostCommands[$Name]
}

# Loads the host and the module's own PowerShell, and gives what a cmdlet calls of it. In a module of their own they are at
# the top of their scope, as at an import; in a function they would be gone with it. What is done there is bound to the
# module, since not every language mode has a call operator for modules.
function Import-ModuleHost {
    param($Cmdlet)

    Assert-LanguageMode
    $module = $ExecutionContext.SessionState.Module
    $settings = Get-HostSetting
    $moduleHost = [System.Management.Automation.PSModuleInfo]::new($true)
    . $moduleHost.NewBoundScriptBlock({ $script:Module, $script:Settings = $args }) $module $settings
    $load = $moduleHost.NewBoundScriptBlock({ . $args[0] })
    foreach ($name in $settings['Scripts']) {
        $file = [System.IO.Path]::Combine($module.ModuleBase, $name)
        if (-not [System.IO.File]::Exists($file)) { Stop-ModuleIncomplete $Cmdlet $file 'there is no such file' }
        try { . $load $file } catch {
            if ($global:Error.Count -and $global:Error[0].Exception -eq $_.Exception) { $global:Error.RemoveAt(0) }
            Stop-ModuleIncomplete $Cmdlet $file $_.Exception.Message
        }
    }
    & $moduleHost.NewBoundScriptBlock({
            @{
                'Invoke-CoreCmdlet'     = ${function:Invoke-CoreCmdlet}
                'Open-CorePipeline'     = ${function:Open-CorePipeline}
                'Complete-CorePipeline' = ${function:Complete-CorePipeline}
                'Close-CorePipeline'    = ${function:Close-CorePipeline}
            }
        })
}

# Ends a call that needs a file of the module which cannot be loaded. New-ErrorRecord is in such a file.
function Stop-ModuleIncomplete {
    param($Cmdlet, [string] $File, [string] $Reason)

    $message = "$($Cmdlet.MyInvocation.MyCommand.Name) could not load a part of its module, ${File}: $Reason"
    $action = 'The files of the module are incomplete or were changed: install it again, then start a new session.'
    $record = [System.Management.Automation.ErrorRecord]::new([System.IO.FileLoadException]::new("$message $action", $File), 'ModuleIncomplete', 'ResourceUnavailable', $File)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($message)
    $record.ErrorDetails.RecommendedAction = $action
    $Cmdlet.ThrowTerminatingError($record)
}

# ConstrainedLanguage gives the script of a module that it does not trust no methods of .NET, with which an error record could
# be made: the text is all there is.
function Assert-LanguageMode {
    if ($ExecutionContext.SessionState.LanguageMode -eq 'ConstrainedLanguage') {
        throw "$($ExecutionContext.SessionState.Module.Name) cannot work in ConstrainedLanguage. Have the module trusted by the policy of this computer, or import it before the language mode is set."
    }
}
