# Where Node.js is, and the settings of the environment.

# Gives the best Node.js executable that was not tried yet: one beside the module, the setting's, then the PATH's.
function Find-Node {
    param([string[]] $Tried)

    $name = if ($IsWindows) { 'node.exe' } else { 'node' }
    $beside = [System.IO.Path]::Combine($script:Module.ModuleBase, 'runtime', $name)
    if ($Tried -cnotcontains $beside -and [System.IO.File]::Exists($beside)) { return $beside }
    $setting = Get-Setting NODE
    if ($setting -and $Tried -cnotcontains $setting) { return $setting }
    Find-NodeOnPath $name $Tried
}

# What is found by a relative folder is refused by Start-NodeProcess, so that nothing in the current directory is ever run.
function Find-NodeOnPath {
    param([string] $Name, [string[]] $Tried)

    $separator = [System.IO.Path]::PathSeparator
    foreach ($folder in "$env:PATH".Split($separator)) {
        $candidate = [System.IO.Path]::Combine($folder, $Name)
        if ($Tried -cnotcontains $candidate -and [System.IO.File]::Exists($candidate)) { return $candidate }
    }
}

# Gives an environment variable of this module: NODE of SecTools is SECTOOLS_NODE, which names its Node.js, and TIMEOUT
# SECTOOLS_TIMEOUT, the number of seconds after which a core that says nothing is given up; 0 is never.
function Get-Setting {
    param([string] $Setting)

    [System.Environment]::GetEnvironmentVariable("$script:SettingPrefix$Setting")
}

# The milliseconds that a core may say nothing.
function Get-Timeout {
    param($Cmdlet)

    $text = Get-Setting TIMEOUT
    if (-not $text) { return $script:Timeout }
    $seconds = 0
    if ([uint16]::TryParse($text, [ref] $seconds)) { return 1000 * $seconds }
    $Cmdlet.WriteWarning("The environment variable ${script:SettingPrefix}TIMEOUT is '$text', which is no whole number of seconds up to 65535. The limit stays at $($script:Timeout / 1000) seconds.")
    $script:Timeout
}

# Asks an executable that could not run the core for its version; nothing when it is no Node.js.
function Get-NodeVersion {
    param([string] $Node)

    $start = [System.Diagnostics.ProcessStartInfo]::new($Node, '--version')
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        $line = $process.StandardOutput.ReadLineAsync()
        $waited = 0
        while (-not $line.Wait($script:WaitSlice) -and $waited -lt 5000) { $waited += $script:WaitSlice }
        if ($line.IsCompleted -and "$($line.Result)" -match '^v(\d+\.\d+\.\d+)') { [version] $Matches[1] }
    } finally {
        if (-not $process.WaitForExit(0)) { $process.Kill($true) }
        $process.Dispose()
    }
}
