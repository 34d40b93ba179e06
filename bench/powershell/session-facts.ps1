# What the measuring scripts have in common. Engine types and .NET alone, so that it runs in a bare engine too.

# The number of processes that this one has started and that still run; -1 where the system does not tell.
function Get-ChildProcessCount {
    if (-not [System.IO.Directory]::Exists("/proc/$PID/task")) { return -1 }
    $children = foreach ($task in [System.IO.Directory]::GetDirectories("/proc/$PID/task")) {
        [System.IO.File]::ReadAllText("$task/children").Split(' ', [System.StringSplitOptions]::RemoveEmptyEntries)
    }
    @($children).Count
}

# The id of the process that is the core of a module in this session; nothing when it has none.
function Get-CoreId {
    param([string] $Module)

    # The host is loaded by the first call: before that there is no core.
    $commands = (Get-Module $Module).SessionState.PSVariable.GetValue('HostCommands')
    $core = if ($null -ne $commands) { $commands['Invoke-CoreCmdlet'].Module.SessionState.PSVariable.GetValue('Core') }
    if ($null -ne $core) { $core.Process.Id }
}

# Writes a measurement to stdout, as a line of JSON that is told from a preview's text by its beginning.
function Write-Measurement {
    param([hashtable] $Measurement)

    [System.Console]::Out.WriteLine('measurement ' + [System.Text.Json.JsonSerializer]::Serialize($Measurement, [hashtable]))
}
