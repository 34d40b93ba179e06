# Where Node.js is, and the settings of the environment.

# Names the Node.js executables to try, best first: one beside the module, the setting, then the PATH's. Relative
# folders of the PATH are passed over, so that nothing in the current directory is ever run.
function Find-Node {
    $name = if ($IsWindows) { 'node.exe' } else { 'node' }
    $setting = [System.Environment]::GetEnvironmentVariable((Get-Setting NODE))
    $candidates = @(
        [System.IO.Path]::Combine($script:Module.ModuleBase, 'runtime', $name)
        if ($setting) { $setting }
        foreach ($folder in "$env:PATH".Split([System.IO.Path]::PathSeparator)) {
            if ([System.IO.Path]::IsPathFullyQualified($folder)) { [System.IO.Path]::Combine($folder, $name) }
        }
    )
    foreach ($candidate in $candidates) {
        if ($candidate -eq $setting -or [System.IO.File]::Exists($candidate)) { $candidate }
    }
}

# The name of an environment variable for this module: SECTOOLS_NODE names the Node.js of SecTools, and
# SECTOOLS_TIMEOUT is the number of seconds after which a core that says nothing is given up; 0 is never.
function Get-Setting {
    param([string] $Setting)

    ($script:Module.Name.ToUpperInvariant() -replace '[^A-Z0-9]', '_') + "_$Setting"
}

# The seconds that a core may say nothing.
function Get-Timeout {
    $seconds = 0
    $text = [System.Environment]::GetEnvironmentVariable((Get-Setting TIMEOUT))
    if ([uint16]::TryParse($text, [ref] $seconds)) { $seconds } else { $script:Timeout }
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
        if ($line.Wait(5000) -and "$($line.Result)" -match '^v(\d+\.\d+\.\d+)') { [version] $Matches[1] }
        if (-not $process.WaitForExit(0)) { $process.Kill($true) }
    } finally {
        $process.Dispose()
    }
}
