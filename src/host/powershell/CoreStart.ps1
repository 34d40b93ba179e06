# The start of the core process.

# Gives the running core, or starts one.
function Connect-Core {
    param($Cmdlet)

    $core = $script:Core
    if ($null -ne $core -and $core.IsCancelled -and -not $core.Process.HasExited) {
        Stop-BusyCore $Cmdlet $core
        $core = $script:Core
    }
    if ($null -ne $core -and $core.IsGreeted) {
        if (-not $core.Process.HasExited) { return $core }
        $code = $core.Process.ExitCode
        Stop-Core 'it had ended'
        $Cmdlet.WriteWarning("The core of $($script:Module.Name) ended between two calls (exit code $code). A new one is started, and what the old one held in memory is gone.")
    } elseif ($null -ne $core) {
        # What is left of a start that Ctrl+C broke off.
        Stop-Core 'its start was broken off' 0
    }
    if ($script:HasLostCore) {
        $script:HasLostCore = $false
        $Cmdlet.WriteWarning("The core of $($script:Module.Name) did not stop when a call was cancelled, and was ended. A new one is started, and what the old one held in memory is gone.")
    }
    Open-Core $Cmdlet
}

# Starts a core with the first Node.js that is new enough, of those that Find-Node names.
function Open-Core {
    param($Cmdlet)

    $name = $script:Module.Name
    $path = [System.IO.Path]::Combine($script:Module.ModuleBase, 'core', 'core.mjs')
    if (-not [System.IO.File]::Exists($path)) {
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'CoreMissing' -Category ObjectNotFound -Target $path `
                    -Message "The core of $name is missing: there is no file $path." `
                    -Action 'Install the module again; in a clone of its repository, run npm run build.'))
    }
    $refused = [System.Collections.Generic.List[string]]::new()
    foreach ($node in Find-Node) {
        $core = Start-Core $node $path
        if ($core -is [string]) { $refused.Add($core); continue }
        $script:Core = $core
        try { $version = Initialize-Core $Cmdlet $core } catch {
            Undo-CaughtError $_
            # One that ends at once may be at fault itself, or have been started by something that is too old for it.
            $version = if ($_.FullyQualifiedErrorId -eq 'CoreEnded') { Get-NodeVersion $node }
            $isNodeFault = $_.FullyQualifiedErrorId -eq 'CoreEnded' -and ($null -eq $version -or $version -lt $script:MinimumNodeVersion)
            if (-not $isNodeFault) { $Cmdlet.ThrowTerminatingError($_) }
        }
        if ($null -ne $version -and $version -ge $script:MinimumNodeVersion) { break }
        $refused.Add($(if ($null -ne $version) { "$node is version $version" } else { "$node is no Node.js that works" }))
        Stop-Core 'its Node.js was refused'
    }
    if ($null -ne $script:Core) {
        $core.IsGreeted = $true
        $Cmdlet.WriteDebug("Started the core of $name with Node.js $version from $node.")
        return $core
    }
    $found = if ($refused.Count -gt 0) { "none is usable: $($refused -join '; ')" } else { 'there is none on the PATH' }
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'NodeNotFound' -Category NotInstalled -Target 'node' `
                -Message "$name needs Node.js $($script:MinimumNodeVersion) or later, and $found." `
                -Action "Install a current Node.js, or set the environment variable $(Get-Setting NODE) to the full path of its executable."))
}

# Starts one Node.js with the core's file. Gives the core, or a text that says why this Node.js cannot be started.
function Start-Core {
    param([string] $Node, [string] $Path)

    if (-not [System.IO.Path]::IsPathFullyQualified($Node)) { return "$Node is not a full path" }
    $start = [System.Diagnostics.ProcessStartInfo]::new($Node)
    $start.ArgumentList.Add($Path)
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.WorkingDirectory = $script:Module.ModuleBase
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    # Variables that make Node.js load other code, print secrets or skip certificate checks are not for the core.
    foreach ($name in @($start.Environment.Keys)) {
        if ($name -match '^(NODE_(?!EXTRA_CA_CERTS$|USE_SYSTEM_CA$)|OPENSSL_(CONF|MODULES|ENGINES)$|SSLKEYLOGFILE$)') {
            [void] $start.Environment.Remove($name)
        }
    }
    try { $process = [System.Diagnostics.Process]::Start($start) }
    catch [System.ComponentModel.Win32Exception] { Undo-CaughtError $_; return "$Node cannot be started ($($_.Exception.Message))" }

    $core = [pscustomobject] @{
        Process   = $process
        Node      = $Node
        Input     = $process.StandardInput.BaseStream
        Output    = $process.StandardOutput.BaseStream
        Errors    = [System.IO.MemoryStream]::new([byte[]]::new($script:Chunk), 0, $script:Chunk, $true, $true)
        Printing  = $null # the task that takes what the core prints
        Reading   = $null # the task that reads, when one does
        Bytes     = [byte[]]::new(2 * $script:Chunk) # what was read and not yet dealt with: Length bytes from Start
        Start     = 0
        Length    = 0
        Timeout   = 1000 * (Get-Timeout)
        IsGreeted = $false # whether it is known to speak the protocol, on a Node.js that is new enough
        IsCancelled = $false # whether a call was cancelled, and it has not said anything since
        Stopped   = $null # why it was stopped, once it was
        Inboxes   = [System.Collections.Generic.Dictionary[int, object]]::new()
        Runspace  = [runspace]::DefaultRunspace
        OnClose   = $null
    }
    # A runspace that closes runs no script any more, so a compiled delegate ends its core: it closes the core's input.
    $core.OnClose = New-CallDelegate ([System.EventHandler[System.Management.Automation.Runspaces.RunspaceStateEventArgs]]) `
        $core.Input ([System.IO.Stream].GetMethod('Dispose', [type[]] @()))
    $core.Runspace.add_StateChanged($core.OnClose)
    # The beginning of what the core prints is kept for a report; the rest is read and dropped, so that it never waits.
    $printed = $process.StandardError.BaseStream
    $drop = New-CallDelegate ([System.Action[System.Threading.Tasks.Task]]) $printed `
        ([System.IO.Stream].GetMethod('CopyTo', [type[]] @([System.IO.Stream]))) @([System.IO.Stream]::Null)
    $core.Errors.SetLength(0)
    $core.Printing = $printed.CopyToAsync($core.Errors, 1KB).ContinueWith($drop)
    $core
}

# Makes a delegate that calls a method on an object, whatever the delegate is given. No runspace is needed to run it.
function New-CallDelegate {
    param([type] $Type, $Target, [System.Reflection.MethodInfo] $Method, [object[]] $Arguments = @())

    $given = $Type.GetMethod('Invoke').GetParameters().ForEach({ [System.Linq.Expressions.Expression]::Parameter($_.ParameterType) })
    $passed = for ($i = 0; $i -lt $Arguments.Count; $i++) {
        [System.Linq.Expressions.Expression]::Constant($Arguments[$i], $Method.GetParameters()[$i].ParameterType)
    }
    $call = [System.Linq.Expressions.Expression]::Call(
        [System.Linq.Expressions.Expression]::Constant($Target, $Method.DeclaringType), $Method, [System.Linq.Expressions.Expression[]] @($passed))
    [System.Linq.Expressions.Expression]::Lambda($Type, $call, [System.Linq.Expressions.ParameterExpression[]] @($given)).Compile($true)
}

# Greets a new core. Gives the version of the Node.js it runs on.
function Initialize-Core {
    param($Cmdlet, $Core)

    $id = Open-CoreInbox $Core
    $params = @{
        protocolVersion   = $script:ProtocolVersion
        hostName          = $Host.Name
        powerShellVersion = $PSVersionTable.PSVersion.ToString()
    }
    try {
        Send-CoreMessage $Cmdlet $Core @{ id = $id; method = 'initialize'; params = $params }
        $answer = (Receive-CoreMessage $Cmdlet $Core $id).RootElement
    } finally {
        [void] $Core.Inboxes.Remove($id)
    }
    $result = Get-JsonProperty $answer 'result'
    $protocol = if ($null -ne $result) { $result.GetProperty('protocolVersion').GetInt32() }
    if ($protocol -ne $script:ProtocolVersion) {
        Stop-BrokenCore $Cmdlet $Core "it speaks version '$protocol' of the protocol and the module version $($script:ProtocolVersion)"
    }
    # A nightly build has more after the numbers.
    [version] ($result.GetProperty('nodeVersion').GetString() -replace '-.*')
}
