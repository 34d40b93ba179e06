# The start of the core process.

# Gives the running core, or one that has just been started; Confirm-Core waits for its answer to the greeting.
function Connect-Core {
    param($Cmdlet)

    $core = $script:Core
    if ($null -ne $core -and $core['IsCancelled'] -and -not $core['Process'].HasExited) {
        Stop-BusyCore $Cmdlet $core
        $core = $script:Core
    }
    if ($null -ne $core) {
        if (-not $core['Process'].HasExited) { return $core }
        Remove-EndedCore $Cmdlet $core
    }
    if ($script:HasLostCore) {
        $script:HasLostCore = $false
        $Cmdlet.WriteWarning("The core of $($script:Module.Name) did not stop when a call was cancelled, and was ended. A new one is started, and what the old one held in memory is gone.")
    }
    Open-Core $Cmdlet @() @()
}

# Starts a core with the first Node.js that can be started, and greets it. $Tried has those that were tried before, and
# $Refused says of each why it was not taken.
function Open-Core {
    param($Cmdlet, [string[]] $Tried, [string[]] $Refused)

    $path = [System.IO.Path]::Combine($script:Module.ModuleBase, 'core', 'core.mjs')
    if (-not [System.IO.File]::Exists($path)) { Stop-CoreMissing $Cmdlet $path }
    $timeout = Get-Timeout $Cmdlet # before there is a process, as its warning may end the call
    if ($IsWindows) { Add-PoolThread }
    do {
        $node = Find-Node $Tried
        if ($null -eq $node) { Stop-NodeMissing $Cmdlet $Refused }
        $Tried += $node
        $process = Start-NodeProcess $node $path
        if ($process -is [string]) { $Refused += $process }
    } while ($process -is [string])

    $script:LastId++
    $core = @{
        Process     = $process
        Node        = $node
        Tried       = $Tried
        Refused     = $Refused
        Input       = Open-CoreInput $process
        Output      = $process.StandardOutput.BaseStream
        Errors      = $process.StandardError.BaseStream
        Print       = $null # the beginning of what it prints, for a report: Printed bytes
        Printed     = 0
        Printing    = $null # the task that takes what it prints
        Reading     = $null # the task that reads, when one does
        Bytes       = [byte[]]::new($script:ReadBuffer) # what was read and not yet dealt with: Length bytes from Start
        Start       = 0
        Length      = 0
        Timeout     = $timeout
        Greeting    = $script:LastId # the id of the greeting
        IsGreeted   = $false # whether it is known to speak the protocol, on a Node.js that is new enough
        IsTried     = $false # whether its end is no error of the call, but caught
        Stopped     = $null # why it was stopped, once it was
        IsCancelled = $false # whether a call was cancelled since it was last seen to listen
        Inboxes     = @{ $script:LastId = $null } # by the ids of the requests that wait for something: queues, once there is something
        Runspace    = [runspace]::DefaultRunspace
        OnClose     = $null # what is called when that closes
        Unheard     = 0 # how many bytes it was sent since it last said something
    }
    $script:Core = $core
    Send-CoreMessage $Cmdlet $core "{""jsonrpc"":""2.0"",""id"":$script:LastId,""method"":""initialize"",""params"":{""protocolVersion"":$script:ProtocolVersion}}"
    Watch-Core $core
    $core
}

# Starts one Node.js with the core's file. Gives the process, or a text that says why this Node.js cannot be started.
function Start-NodeProcess {
    param([string] $Node, [string] $Path)

    if (-not [System.IO.Path]::IsPathFullyQualified($Node)) { return "$Node is not a full path" }
    # One by one, since RestrictedLanguage converts no hashtable.
    $arguments = if ($script:NodesWithoutOption -ccontains $Node) { $Path } else { $script:NoInspector, $Path }
    $start = [System.Diagnostics.ProcessStartInfo]::new($Node, [string[]] $arguments)
    $start.CreateNoWindow = $true
    $start.WorkingDirectory = $script:Module.ModuleBase
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    # Variables that make Node.js load other code, print secrets or skip certificate checks are not for the core.
    $names = @($start.Environment.Keys)
    foreach ($name in @($names -like 'NODE_*' -notlike 'NODE_EXTRA_CA_CERTS' -notlike 'NODE_USE_SYSTEM_CA') + @($names -like 'OPENSSL_*') + @($names -like 'SSLKEYLOGFILE')) {
        [void] $start.Environment.Remove($name)
    }
    try { [System.Diagnostics.Process]::Start($start) }
    catch [System.ComponentModel.Win32Exception] { Undo-CaughtError $_; "$Node cannot be started ($($_.Exception.Message))" }
}

# Has .NET start threads of its pool without delay. On Windows a process's streams cannot wait without one: each core takes
# two of them, and beyond the number of processors .NET starts about one a second.
function Add-PoolThread {
    $threads = $ports = 0
    [System.Threading.ThreadPool]::GetMinThreads([ref] $threads, [ref] $ports)
    if ($threads -lt $script:PoolThreads) { [void] [System.Threading.ThreadPool]::SetMinThreads($script:PoolThreads, $ports) }
}

# Gives the stream that a core is written to. Windows' own has a buffer, which only its text writer empties.
function Open-CoreInput {
    param($Process)

    $stream = $Process.StandardInput.BaseStream
    if (-not $IsWindows) { return $stream }
    $unbuffered = 0
    [System.IO.FileStream]::new($stream.SafeFileHandle, [System.IO.FileAccess]::Write, $unbuffered)
}

# Takes what a core prints, and has it end with its runspace.
function Watch-Core {
    param($Core)

    $Core['Print'] = [byte[]]::new($script:Chunk)
    $Core['Printing'] = $Core['Errors'].ReadAsync($Core['Print'], $Core['Printed'], $script:Chunk)
    # A runspace that closes runs no script any more, so a compiled delegate ends its core: it closes the core's input.
    $expression = [System.Linq.Expressions.Expression]
    $given = $expression::Parameter([object]), $expression::Parameter([System.Management.Automation.Runspaces.RunspaceStateEventArgs])
    $close = $expression::Call($expression::Constant($Core['Input']), 'Dispose', $null)
    $type = [System.EventHandler[System.Management.Automation.Runspaces.RunspaceStateEventArgs]]
    $Core['OnClose'] = $expression::Lambda($type, $close, [System.Linq.Expressions.ParameterExpression[]] $given).Compile()
    $Core['Runspace'].add_StateChanged($Core['OnClose'])
}

# Takes what a core has printed, and drops what is beyond the beginning that is kept, so that it never waits for room. To be
# called now and then.
function Receive-CorePrint {
    param($Core)

    while ($null -ne $Core['Printing'] -and $Core['Printing'].IsCompletedSuccessfully -and $Core['Printing'] -is [System.Threading.Tasks.Task[int]]) {
        $count = $Core['Printing'].Result
        if ($count -eq 0) { return }
        $Core['Printed'] += $count
        $room = $Core['Print'].Length - $Core['Printed']
        $Core['Printing'] = if ($room -gt 0) { $Core['Errors'].ReadAsync($Core['Print'], $Core['Printed'], $room) }
        else { $Core['Errors'].CopyToAsync([System.IO.Stream]::Null) }
    }
}

# Waits until a new core has answered its greeting. Gives whether it can be used; where its Node.js cannot, the next one has
# been started in its place.
function Confirm-Core {
    param($Cmdlet, $Core)

    $Core['IsTried'] = $true
    try { $version = Receive-Greeting $Cmdlet $Core } catch {
        if (Restart-WithoutOption $Cmdlet $Core $_) { return $false }
        $version = Resolve-EndedStart $Cmdlet $Core $_
    }
    $Core['IsTried'] = $false
    if ($null -eq $version -or $version -lt $script:MinimumNodeVersion) {
        Open-OtherCore $Cmdlet $Core $version
        return $false
    }
    $Core['IsGreeted'] = $true
    $Cmdlet.WriteDebug("Started the core of $($script:Module.Name) with Node.js $version from $($Core['Node']).")
    $true
}

# Receives the answer to the greeting. Gives the version of the Node.js that the core runs on.
function Receive-Greeting {
    param($Cmdlet, $Core)

    $document = Receive-CoreMessage $Cmdlet $Core $Core['Greeting']
    # The action of an event may have made a call in the meantime, which waits for it as well.
    Add-CoreInbox $Core $Core['Greeting'] $document
    $result = Get-JsonProperty $document.RootElement 'result'
    $protocol = if ($null -ne $result) { $result.GetProperty('protocolVersion').GetInt32() }
    if ($protocol -ne $script:ProtocolVersion) {
        Stop-BrokenCore $Cmdlet $Core "it speaks version '$protocol' of the protocol and the module version $($script:ProtocolVersion)"
    }
    # A nightly build has more after the numbers.
    [version] $result.GetProperty('nodeVersion').GetString().Split('-')[0]
}

# Starts a core again without an option that its Node.js does not know: such a Node.js names the option on stderr, and ends.
# Gives whether this was the reason. Which Node.js knows the option is not looked up, because its version is not known yet.
function Restart-WithoutOption {
    param($Cmdlet, $Core, $Caught)

    $isKnown = $script:NodesWithoutOption -ccontains $Core['Node']
    if ($isKnown -or "$($Caught.Exception.Data['StandardError'])" -notlike "*$script:NoInspector*") { return $false }
    Undo-CaughtError $Caught
    $script:NodesWithoutOption += $Core['Node']
    [void] (Open-Core $Cmdlet @($Core['Tried'] -cne $Core['Node']) $Core['Refused'])
    $true
}

# One that ends at once may be at fault itself, or have been started by something that is no Node.js or too old for it: gives
# the version of that one, if it has any.
function Resolve-EndedStart {
    param($Cmdlet, $Core, $Caught)

    Undo-CaughtError $Caught
    $version = if ($Caught.FullyQualifiedErrorId -eq 'CoreEnded') { Get-NodeVersion $Core['Node'] }
    $isNodeFault = $Caught.FullyQualifiedErrorId -eq 'CoreEnded' -and ($null -eq $version -or $version -lt $script:MinimumNodeVersion)
    if (-not $isNodeFault) { $Cmdlet.ThrowTerminatingError($Caught) }
    $version
}

# Starts a core with the next Node.js instead of one that was refused.
function Open-OtherCore {
    param($Cmdlet, $Core, $Version)

    $reason = if ($null -ne $Version) { "$($Core['Node']) is version $Version" } else { "$($Core['Node']) is no Node.js that works" }
    Stop-Core 'its Node.js was refused'
    [void] (Open-Core $Cmdlet $Core['Tried'] ($Core['Refused'] + $reason))
}

# Removes a core that has ended: between two calls, or while a call waits for its greeting and another is made.
function Remove-EndedCore {
    param($Cmdlet, $Core)

    $code = $Core['Process'].ExitCode
    Stop-Core 'it had ended'
    if ($Core['IsGreeted']) {
        $Cmdlet.WriteWarning("The core of $($script:Module.Name) ended between two calls (exit code $code). A new one is started, and what the old one held in memory is gone.")
    }
}

function Stop-CoreMissing {
    param($Cmdlet, [string] $Path)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'CoreMissing' -Category ObjectNotFound -Target $Path `
                -Message "The core of $($script:Module.Name) is missing: there is no file $Path." `
                -Action 'Install the module again; in a clone of its repository, run npm run build.'))
}

function Stop-NodeMissing {
    param($Cmdlet, $Refused)

    $found = if ($Refused.Count -gt 0) { "none is usable: $($Refused -join '; ')" } else { 'there is none on the PATH' }
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'NodeNotFound' -Category NotInstalled -Target 'node' `
                -Message "$($script:Module.Name) needs Node.js $($script:MinimumNodeVersion) or later, and $found." `
                -Action "Install a current Node.js, or set the environment variable ${script:SettingPrefix}NODE to the full path of its executable."))
}
