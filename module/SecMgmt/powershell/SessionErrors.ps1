# The errors of this session, for the core.

# Gives the module's own errors in $Error, the latest first; the last one alone with -Count 1. An error is the module's where
# a command of the module made it, or where its id names one, as that of an error from another computer does.
function Get-SessionError {
    param([string] $Module, [string] $CommandPattern, [string] $Count)

    $found = foreach ($entry in @($global:Error)) {
        $record = if ($entry -is [System.Management.Automation.ErrorRecord]) { $entry } else { $entry.ErrorRecord }
        if ($null -eq $record) { continue }
        if ($record.InvocationInfo.MyCommand.ModuleName -eq $Module -or $record.FullyQualifiedErrorId -match $CommandPattern) { $record }
    }
    # No command takes a part of them: its name may be an alias of the user's.
    $limit = if ($Count) { [int] $Count } else { [int]::MaxValue }
    @{ errors = @(@($found).Where({ $true }, 'First', $limit)) }
}
