# What the measuring scripts have in common.

# The number of processes that this one has started and that still run; -1 where the system does not tell.
function Get-ChildProcessCount {
    if (-not [System.IO.Directory]::Exists("/proc/$PID/task")) { return -1 }
    $children = foreach ($task in [System.IO.Directory]::GetDirectories("/proc/$PID/task")) {
        # Its thread may have ended meanwhile.
        try { [System.IO.File]::ReadAllText("$task/children").Split(' ', [System.StringSplitOptions]::RemoveEmptyEntries) } catch [System.IO.DirectoryNotFoundException], [System.IO.FileNotFoundException] { }
    }
    @($children).Count
}

# The ids of the cores of this process, of all its runspaces.
function Get-CoreId {
    foreach ($process in [System.Diagnostics.Process]::GetProcesses()) {
        if ($process.Parent.Id -eq $PID -and $process.CommandLine -like '*core.mjs*') { $process.Id }
    }
}

# Writes a measurement to stdout, as a line of JSON that is told from a preview's text by its beginning.
function Write-Measurement {
    param([hashtable] $Measurement)

    [System.Console]::Out.WriteLine('measurement ' + [System.Text.Json.JsonSerializer]::Serialize($Measurement, [hashtable]))
}
