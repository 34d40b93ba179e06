# The PowerShell side of a module whose cmdlets run in a TypeScript core: starts the core at the first call, speaks
# newline-delimited JSON-RPC 2.0 with it (messages.ts has the messages), and turns what it says into streams, prompts
# and error records of the calling cmdlet. The build joins these files into the one ModuleHost.ps1 that every module has.
# The first call loads it, with the module's own PowerShell, into a module of their own (ModuleStart.ps1); by then that has
# the variables Module, the one that is imported, and Settings, what the generated script says of it. They use engine types
# and .NET alone, so they load nothing else, and they wait in slices, because a blocking .NET call cannot be stopped by
# Ctrl+C.
#
# PowerShell compiles each function at its first call, and each kind of .NET call, property and conversion at its first
# use, at about a millisecond apiece: they are all the time that the first call of a session takes. So the core's process
# starts before anything else is done, what can be done meanwhile comes next, and errors are made in functions of their own.
# A number or truth value in a parameter's type or as a constant argument makes further code to compile, so such are left
# untyped and handed over in variables.

Set-StrictMode -Version 3.0

$script:SettingPrefix = $script:Settings['SettingPrefix'] # what the names of its environment variables begin with
$script:Core = $null # a hashtable: Open-Core says what is in it
$script:LastId = 0
$script:LastPipeline = 0
$script:ProtocolVersion = 4
$script:MinimumNodeVersion = [version] '22.12'
$script:NoInspector = '--disable-sigusr1' # without it SIGUSR1, or what Windows has instead, opens Node.js' debugger to every local user
$script:NodesWithoutOption = @() # the executables that do not know it: Node.js has it from 22.14 and 23.7 on
$script:WaitSlice = 100 # milliseconds between two looks for Ctrl+C
$script:Timeout = 30000 # milliseconds that a core may say nothing at all; the setting TIMEOUT goes first
$script:Grace = 2000 # milliseconds in which a core must hear that a call is cancelled
$script:GraceClock = $null # runs while one has to
$script:HasLostCore = $false # whether one did not, which the next call tells
$script:MaximumLine = 64MB # as MAX_LINE_BYTES in ndjson.ts: no message is longer, in either direction
$script:MaximumDepth = 64 # as MAX_DEPTH in wire-value.ts: how many lists and objects may be inside one another
$script:JsonDepth = 140 # which is two levels of JSON for each, and the message around them
$script:Chunk = 64KB # written at a time
$script:ReadBuffer = 128KB # what is read goes into; it grows for a longer line
$script:LineEnd = 10uy
$script:ShortLine = 2KB # what an empty pipe takes at once, on any system
$script:PoolThreads = 128 # for the cores of 64 runspaces, on Windows
$script:ReadOptions = $null # of the core's JSON; made when the first is read
$hasMark = $false
$isStrict = $true
$script:Utf8 = [System.Text.UTF8Encoding]::new($hasMark, $isStrict)
$script:Preferences = 'ErrorActionPreference', 'WarningPreference', 'VerbosePreference', 'DebugPreference', 'InformationPreference',
'ProgressPreference', 'WhatIfPreference', 'ConfirmPreference'

$script:JsonEscaped = [char[]] @('"', '\') + [char[]] (0..31) # what JSON does not take in a text as it is

$script:ObjectsRead = 0
$script:ObjectReader = $null # made by New-ObjectReader, which takes as long as script does for thousands of objects
$script:ObjectsBeforeReader = 1000

$script:Module.OnRemove = { Stop-Core 'the module was removed' }

# Messages of the core to a call that runs: streams, questions, and calls of the module's own PowerShell.

# Does what the core asks or tells in the middle of a call.
function Invoke-CoreRequest {
    param($Cmdlet, $Core, $Told, $Message)

    $method = ''
    try {
        $method = $Told.GetString()
        $params = $Message.GetProperty('params')
        # No `switch`: it would take a `break` further down the pipeline for its own.
        if ($method -ceq 'stream/output') { Write-CoreOutput $Cmdlet $params.GetProperty('values') }
        elseif ($method -ceq 'host/shouldProcess') {
            $answer = $Cmdlet.ShouldProcess($params.GetProperty('target').GetString(), $params.GetProperty('action').GetString())
            if ($null -ne (Get-JsonProperty $Message 'id')) { Send-CoreAnswer $Cmdlet $Core $Message $(if ($answer) { 'true' } else { 'false' }) }
        } else { Invoke-OtherRequest $Cmdlet $Core $method $Message $params }
    } catch { Stop-FailedRequest $Cmdlet $Core $method $_ }
}

# Does what is asked or told less often, in a function that the first call does without.
function Invoke-OtherRequest {
    param($Cmdlet, $Core, [string] $Method, $Message, $Params)

    if ($Method -ceq 'stream/error') {
        $Cmdlet.WriteError((ConvertTo-ErrorRecord $Params.GetProperty('error')))
    } elseif ($Method -ceq 'stream/warning') {
        $Cmdlet.WriteWarning($Params.GetProperty('message').GetString())
        if ($null -ne (Get-JsonProperty $Params 'mustBeSeen')) { Show-SilencedWarning $Cmdlet $Params.GetProperty('message').GetString() }
    } elseif ($Method -ceq 'stream/verbose') {
        $Cmdlet.WriteVerbose($Params.GetProperty('message').GetString())
    } elseif ($Method -ceq 'stream/debug') {
        $Cmdlet.WriteDebug($Params.GetProperty('message').GetString())
    } elseif ($Method -ceq 'stream/information') {
        $tags = [string[]] (ConvertFrom-WireValue $Params.GetProperty('tags'))
        $Cmdlet.WriteInformation($Params.GetProperty('message').GetString(), $tags)
    } elseif ($Method -ceq 'stream/progress') {
        $Cmdlet.WriteProgress((ConvertTo-ProgressRecord $Params))
    } elseif ($Method -ceq 'host/shouldContinue') {
        $answer = $Cmdlet.ShouldContinue($Params.GetProperty('query').GetString(), $Params.GetProperty('caption').GetString())
        Send-CoreAnswer $Cmdlet $Core $Message $(if ($answer) { 'true' } else { 'false' })
    } elseif ($Method -ceq 'host/ping') {
        Send-CoreAnswer $Cmdlet $Core $Message '{}'
    } elseif ($Method -ceq 'host/call') {
        $answer = Invoke-HostFunction $Params.GetProperty('function').GetString() $Params.GetProperty('arguments')
        Send-CoreAnswer $Cmdlet $Core $Message $answer['json'] $answer['member']
    } else {
        Stop-BrokenCore $Cmdlet $Core "it asked for '$Method', which this version of the module does not know"
    }
}

# Answers a question of the core: with the JSON of a result, or of an error.
function Send-CoreAnswer {
    param($Cmdlet, $Core, $Question, [string] $Json, [string] $Member = 'result')

    $id = $Question.GetProperty('id').GetInt32()
    Send-CoreMessage $Cmdlet $Core "{""jsonrpc"":""2.0"",""id"":$id,""$Member"":$Json}"
}

# Ends a call in which PowerShell could not do what the core asked for, such as a question that a shell without a user cannot
# ask: in a script the next statement would run.
function Stop-FailedRequest {
    param($Cmdlet, $Core, [string] $Method, $Caught)

    $cause = $Caught.Exception.InnerException
    Undo-CaughtError $Caught
    # What comes out of a pipeline further down is not this cmdlet's error.
    if ($Caught.Exception -is [System.Management.Automation.ScriptCallDepthException]) { throw $Caught }
    if ($Method -ceq 'stream/output' -and $cause -is [System.Management.Automation.RuntimeException]) { throw $cause.ErrorRecord }
    # What the reader of JSON throws and what cannot be converted are faults of the message. The rest comes from PowerShell.
    $isUnwrapped = $Caught.Exception -isnot [System.Management.Automation.MethodInvocationException]
    if ($isUnwrapped -or $cause -is [System.Collections.Generic.KeyNotFoundException] -or $cause.Source -like 'System.Text.Json*') {
        Stop-BrokenCore $Cmdlet $Core "its message '$Method' lacks what such a message must have"
    }
    $record = if ($cause -is [System.Management.Automation.IContainsErrorRecord]) { $cause.ErrorRecord } else {
        [System.Management.Automation.ErrorRecord]::new($cause, $cause.GetType().Name, 'InvalidOperation', $null)
    }
    $Cmdlet.ThrowTerminatingError($record)
}

# Puts a warning that its user has to act on straight on the screen, where warnings are silent and no progress is shown.
function Show-SilencedWarning {
    param($Cmdlet, [string] $Message)

    $bound = $Cmdlet.MyInvocation.BoundParameters
    $warnings = if ($bound.ContainsKey('WarningAction')) { $bound['WarningAction'] } else { $WarningPreference }
    $progress = if ($bound.ContainsKey('ProgressAction')) { $bound['ProgressAction'] } else { $ProgressPreference }
    $isProgressSeen = "$progress" -eq 'Continue' -and -not [System.Console]::IsOutputRedirected
    if ("$warnings" -in 'SilentlyContinue', 'Ignore' -and -not $isProgressSeen) { $Host.UI.WriteLine($Message) }
}

# Calls a function of the module's own PowerShell for the core. Gives the JSON of the answer, and which member of it that is.
function Invoke-HostFunction {
    param([string] $Name, $Arguments)

    $member = 'result'
    try {
        if ($script:Settings['HostFunctions'] -cnotcontains $Name) {
            throw (New-ErrorRecord -Id 'HostFunctionUnknown' -Category ProtocolError -Target $Name `
                    -Message "The core of $($script:Module.Name) asked for '$Name', which it may not call." `
                    -Action 'Its files may be of different versions: install the module again, then start a new session.')
        }
        $named = ConvertFrom-WireObject $Arguments
        $answer = & $Name @named
    } catch {
        Undo-CaughtError $_
        $member = 'error'
        $details = $_.ErrorDetails
        $answer = @{
            code    = -32000
            message = $_.Exception.Message
            data    = @{
                errorId           = $_.FullyQualifiedErrorId.Split(',')[0]
                category          = $_.CategoryInfo.Category.ToString()
                message           = if ($null -ne $details) { $details.Message } else { $_.Exception.Message }
                recommendedAction = if ($null -ne $details) { $details.RecommendedAction } else { 'Report this.' }
                targetObject      = "$($_.TargetObject)"
                exceptionType     = $_.Exception.GetType().FullName
            }
        }
    }
    @{ member = $member; json = [System.Text.Json.JsonSerializer]::Serialize($answer, [object]) }
}

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

# The end of the core process: asked for, or found out.

# Ends the core, if there is one: closing its input asks it to, and one that does not listen is killed.
function Stop-Core {
    param([string] $Reason, [int] $Patience = 2000)

    $core = $script:Core
    $script:Core = $null
    if ($null -eq $core) { return }
    $core['Stopped'] = $Reason
    $core['Runspace'].remove_StateChanged($core['OnClose'])
    try { $core['Input'].Dispose() } catch [System.IO.IOException] { Undo-CaughtError $_ <# it has ended already #> }
    Receive-CorePrint $core
    if (-not $core['Process'].WaitForExit($Patience)) { $core['Process'].Kill($true) }
    $core['Process'].Dispose()
}

# Ends a core that ended by itself or broke the protocol, and the call with it.
function Stop-BrokenCore {
    param($Cmdlet, $Core, [string] $Reason, [string] $Id = 'CoreProtocolFault', [string] $Category = 'ProtocolError', [string] $Hint)

    $name = $script:Module.Name
    $details = ''
    $fault = 'failed'
    if ($null -ne $Core['Stopped']) {
        # By another call, or with the module, while this call was in the middle of something else.
        $Id, $Category, $Reason, $fault = 'CoreStopped', 'OperationStopped', $Core['Stopped'], 'was stopped'
    } elseif ($Core['Process'].HasExited) {
        $Id, $Category = 'CoreEnded', 'ResourceUnavailable'
        $details = Get-CorePrint $Core
    }
    if (-not $Hint) {
        $Hint = if ($Core['IsGreeted'] -or $null -ne $Core['Stopped']) { 'If it happens again, report it.' }
        else { 'If it happens again, the files of the module may be incomplete or changed: install it again, then start a new session.' }
    }
    if ([object]::ReferenceEquals($Core, $script:Core)) { Stop-Core $Reason 0 }
    $record = New-ErrorRecord -Id $Id -Category $Category -Target $Core['Node'] `
        -Message "The call was not completed, because the core of $name ${fault}: $Reason." `
        -Action "Call the cmdlet again: that starts a new core. $Hint"
    # What the runtime printed is for the report, not for the screen.
    if ($details) { $record.Exception.Data['StandardError'] = $details }
    # Such as by Confirm-Core, as another Node.js may do better; a cmdlet's terminating error could not be caught.
    if ($Core['IsTried']) { throw $record }
    $Cmdlet.ThrowTerminatingError($record)
}

# The beginning of what a core that has ended has printed.
function Get-CorePrint {
    param($Core)

    if ($null -eq $Core['Printing']) { return '' }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        do {
            $before = $Core['Printing']
            $isRead = $before.Wait(100)
            Receive-CorePrint $Core
        } while ($clock.ElapsedMilliseconds -lt 1000 -and -not ($isRead -and [object]::ReferenceEquals($before, $Core['Printing'])))
    } catch [System.AggregateException] { Undo-CaughtError $_ <# what was read until then will do #> }
    [System.Text.Encoding]::UTF8.GetString($Core['Print'], 0, $Core['Printed']).Trim()
}

# Ends a core that has not answered in time.
function Stop-SilentCore {
    param($Cmdlet, $Core, [string] $Reason)

    Stop-BrokenCore $Cmdlet $Core "$Reason for $($Core['Timeout'] / 1000) seconds" -Id 'CoreNotResponding' -Category OperationTimeout `
        -Hint "Where it needs more time, set the environment variable ${script:SettingPrefix}TIMEOUT to a number of seconds; 0 is no limit."
}

# Ends a core that does not hear that a call is cancelled, because its handler does not give the event loop back: it has a
# moment to say that it is there.
function Stop-BusyCore {
    param($Cmdlet, $Core)

    $id = Open-CoreInbox $Core
    $timeout = $Core['Timeout']
    $Core['Timeout'] = $script:Grace
    $Core['IsTried'] = $true
    $script:GraceClock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        Send-CoreMessage $Cmdlet $Core "{""jsonrpc"":""2.0"",""id"":$id,""method"":""ping""}"
        (Receive-CoreMessage $Cmdlet $Core $id).Dispose()
    } catch {
        Undo-CaughtError $_
        $script:HasLostCore = $true
    } finally {
        $script:GraceClock = $null
        $Core['Timeout'] = $timeout
        $Core['IsTried'] = $false
        $Core['IsCancelled'] = $false
        $Core['Inboxes'].Remove($id)
    }
}

# Gives a core whose pipes are closed the moment it needs to be seen as ended, with its exit code.
function Wait-CoreExit {
    param($Core)

    if ($null -eq $Core['Stopped']) { [void] $Core['Process'].WaitForExit(1000) } # else it is disposed of already
}

# One call of a cmdlet, from its parameters to its end.

# Runs one call of a cmdlet in the core. $Cmdlet is the function's $PSCmdlet, $BoundParameters its $PSBoundParameters;
# $Pipeline is what Open-CorePipeline gave its begin block, where it has one.
function Invoke-CoreCmdlet {
    param($Cmdlet, $BoundParameters, $Pipeline)

    if ($null -eq $Pipeline) {
        Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $BoundParameters
        return
    }
    try { Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $BoundParameters $Pipeline } finally {
        # PowerShell leaves what this record bound there for the next one.
        foreach ($name in @($BoundParameters.get_Keys())) {
            if (-not $Pipeline.CommandLine.ContainsKey($name)) { [void] $BoundParameters.Remove($name) }
        }
    }
}

# Sends one request of a cmdlet to the core, and does what the core asks and tells until it answers.
function Invoke-CoreCall {
    param($Cmdlet, [string] $Method, $BoundParameters, $Pipeline)

    # A script function sees its module's preferences; a compiled cmdlet sees its caller's, and so do we from here on.
    $own = $ExecutionContext.SessionState.PSVariable
    foreach ($preference in $script:Preferences) {
        $callers = $Cmdlet.GetVariableValue($preference)
        if ($null -ne $callers) { $own.Set($preference, $callers) }
    }

    $core = $null
    $id = 0
    $confirmed = $answered = $dealing = $continued = $false
    try {
        # A new core gets the call behind its greeting, and answers both.
        while (-not $confirmed) {
            $core = Connect-Core $Cmdlet
            $params = ConvertTo-CallParameter $Cmdlet $core $BoundParameters $Pipeline
            $id = Open-CoreInbox $core
            Send-CoreMessage $Cmdlet $core "{""jsonrpc"":""2.0"",""id"":$id,""method"":""$Method"",""params"":$params}"
            $confirmed = $core['IsGreeted'] -or (Confirm-Core $Cmdlet $core)
        }
        # A `break` or `continue` further down the pipeline would end this loop, as the nearest: it is passed on below.
        while (-not $answered -and -not ($dealing -and ($continued = $true))) {
            $document = Receive-CoreMessage $Cmdlet $core $id
            $message = $document.RootElement
            $told = Get-JsonProperty $message 'method'
            $answered = $null -eq $told
            $dealing = $true
            if ($answered) { Complete-CoreCall $Cmdlet $core $message } else { Invoke-CoreRequest $Cmdlet $core $told $message }
            $dealing = $false
            $document.Dispose()
        }
    } finally {
        if (-not $answered) { Stop-CoreCall $Cmdlet $core $id $dealing }
        else { $core['Inboxes'].Remove($id) }
    }
    if ($continued) { continue }
    if ($dealing) { break }
}

# Gives the JSON of what a request tells the core.
function ConvertTo-CallParameter {
    param($Cmdlet, $Core, $BoundParameters, $Pipeline)

    $command = $Cmdlet.MyInvocation.MyCommand
    # Import-Module -Prefix renames a function, but not in its text.
    $name = if ($script:Module.Prefix) { $command.ScriptBlock.Ast.Name } else { $command.Name }
    $members = '"cmdlet":' + (ConvertTo-JsonText $name)
    $known = $null
    if ($null -ne $Pipeline) {
        $members += Join-CorePipeline $Cmdlet $Core $Pipeline
        $known = $Pipeline.CommandLine
    }
    if ($null -ne $BoundParameters) {
        $members += ',"parameterSetName":' + (ConvertTo-JsonText $Cmdlet.ParameterSetName) +
        ',"parameters":' + (ConvertTo-WireParameter $Cmdlet $BoundParameters $known)
        # The core then tells what would be done, and waits for no answer.
        if ($BoundParameters['WhatIf'] -and (Test-ShouldProcess $Cmdlet)) { $members += ',"whatIf":true' }
    }
    "{$members}"
}

# Deals with a call that was left unanswered: by Ctrl+C, a downstream command that has enough, or a fault of the core.
function Stop-CoreCall {
    param($Cmdlet, $Core, $Id, $IsDealing)

    # Of a new core, the greeting may not be sent, or be read and lost: the next call would wait for the answer.
    if ($null -ne $script:Core -and -not $script:Core['IsGreeted']) {
        Stop-Core 'a call was stopped while it started' 0
        return
    }
    if ($Id -eq 0) { return } # what was passed cannot be handed over
    $Core['Inboxes'].Remove($Id)
    if ($IsDealing) { Undo-StoppedError }
    if (-not [object]::ReferenceEquals($Core, $script:Core)) { return }
    Send-CoreMessage $Cmdlet $Core "{""jsonrpc"":""2.0"",""method"":""`$/cancelRequest"",""params"":{""id"":$Id}}"
    # Ctrl+C ends the waiting at once, and what does not stop then; anything else may leave it to the next call.
    $Core['IsCancelled'] = $true
    if (-not $IsDealing) { Stop-BusyCore $Cmdlet $Core }
}

# Ends a call with the core's answer: quietly, or with the terminating error that it tells.
function Complete-CoreCall {
    param($Cmdlet, $Core, $Message)

    $failure = Get-JsonProperty $Message 'error'
    if ($null -ne $failure) { Stop-FailedCall $Cmdlet $Core $failure }
}

function Stop-FailedCall {
    param($Cmdlet, $Core, $Failure)

    try {
        $data = Get-JsonProperty $Failure 'data'
        $record = if ($null -ne $data) { ConvertTo-ErrorRecord $data } else {
            New-ErrorRecord -Id 'CoreRefusedCall' -Category ProtocolError `
                -Message "The core of $($script:Module.Name) refused the call: $($Failure.GetProperty('message').GetString())." `
                -Action 'Its files may be of different versions: install the module again, then start a new session.'
        }
    } catch {
        Undo-CaughtError $_
        Stop-BrokenCore $Cmdlet $Core 'its error lacks what an error must have'
    }
    $Cmdlet.ThrowTerminatingError($record)
}

# Messages to and from the core: one line each.

# Opens the inbox of one request; nested calls each have their own, and what is nobody's any more is dropped.
function Open-CoreInbox {
    param($Core)

    $script:LastId++
    $Core['Inboxes'][$script:LastId] = $null
    $script:LastId
}

# Keeps a message for the request that waits for it.
function Add-CoreInbox {
    param($Core, $Id, $Document)

    if ($null -eq $Core['Inboxes'][$Id]) { $Core['Inboxes'][$Id] = [System.Collections.Queue]::new() }
    $Core['Inboxes'][$Id].Enqueue($Document)
}

# Writes one message, given as JSON, as a line. The bytes may hold a password: they are cleared, which a text cannot be.
function Send-CoreMessage {
    param($Cmdlet, $Core, [string] $Json)

    $line = $script:Utf8.GetBytes("$Json`n")
    $sent = 0
    try {
        if ($line.Length -gt $script:MaximumLine) {
            $sent = $line.Length
            Stop-LongMessage $Cmdlet $line.Length
        }
        # Waiting for so little takes longer than writing it. What a core has not read yet takes room away.
        $Core['Unheard'] += $line.Length
        if ($Core['Unheard'] -le $script:ShortLine) {
            $Core['Input'].Write($line, $sent, $line.Length)
            $sent = $line.Length
        }
        while ($sent -lt $line.Length) { $sent += Send-CoreChunk $Cmdlet $Core $line $sent }
    } catch [System.AggregateException], [System.IO.IOException], [System.ObjectDisposedException] {
        Undo-CaughtError $_
        Wait-CoreExit $Core
        $sent = $line.Length
        # A new one that has ended may have said why; Confirm-Core asks.
        if ($Core['IsGreeted']) { Stop-BrokenCore $Cmdlet $Core 'it no longer listens' }
    } finally {
        [System.Array]::Clear($line)
        # Reached with a rest by Ctrl+C: a core that has a part of a line is of no more use.
        if ($sent -lt $line.Length -and [object]::ReferenceEquals($Core, $script:Core)) { Stop-Core 'a call was stopped while it was handed over' 0 }
    }
}

# Writes a piece of a line, waiting in slices, because a core that does not listen leaves the pipe full. Gives its length.
function Send-CoreChunk {
    param($Cmdlet, $Core, [byte[]] $Line, [int] $Sent)

    $count = [System.Math]::Min($script:Chunk, $Line.Length - $Sent)
    $writing = $Core['Input'].WriteAsync($Line, $Sent, $count)
    $waited = 0
    while (-not $writing.Wait($script:WaitSlice)) {
        $waited += $script:WaitSlice
        Receive-CorePrint $Core
        if ($Core['Timeout'] -gt 0 -and $waited -ge $Core['Timeout']) { Stop-SilentCore $Cmdlet $Core 'it has not listened' }
    }
    $count
}

function Stop-LongMessage {
    param($Cmdlet, [int] $Length)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'MessageTooLong' -Category LimitsExceeded -Target $Cmdlet.MyInvocation.MyCommand.Name `
                -Message "What was passed is too long for the core of $($script:Module.Name): $Length bytes, where $($script:MaximumLine) are allowed." `
                -Action 'Pass less at a time.'))
}

# Waits for the next message of one request, and puts those of other requests into their inboxes. Gives a JsonDocument; who
# disposes of it gives its memory back for the next.
function Receive-CoreMessage {
    param($Cmdlet, $Core, $Id)

    while ($true) {
        if ($null -ne $script:GraceClock -and $script:GraceClock.ElapsedMilliseconds -gt $script:Grace) { Stop-SilentCore $Cmdlet $Core 'it has not stopped' }
        $inbox = $Core['Inboxes'][$Id]
        if ($null -ne $inbox -and $inbox.Count -gt 0) { return $inbox.Dequeue() }
        $end = [array]::IndexOf[byte]($Core['Bytes'], $script:LineEnd, $Core['Start'], $Core['Length'])
        if ($end -lt 0) {
            Read-CoreLine $Cmdlet $Core
            continue
        }
        $start = $Core['Start']
        $count = $end - $start
        $Core['Length'] -= $count + 1
        $Core['Start'] = $end + 1
        $document = $null
        try {
            $document = ConvertFrom-MessageLine $Core['Bytes'] $start $count
            $owner = Get-MessageOwner $document.RootElement
        } catch [System.Management.Automation.MethodInvocationException] { Stop-UnreadableMessage $Cmdlet $Core $document $_ }
        $Core['Unheard'] = 0
        if ($owner -eq $Id) { return $document }
        if ($Core['Inboxes'].ContainsKey($owner)) { Add-CoreInbox $Core $owner $document }
        elseif ($owner -gt $script:LastId -or $owner -lt 1) { Stop-BrokenCore $Cmdlet $Core "it answered request $owner, which was never made" }
    }
}

# Reads the JSON of one line.
function ConvertFrom-MessageLine {
    param($Bytes, $Start, $Count)

    if ($null -eq $script:ReadOptions) {
        $script:ReadOptions = [System.Text.Json.JsonDocumentOptions]::new()
        $script:ReadOptions.MaxDepth = $script:JsonDepth
    }
    if ($Count -le $script:ShortLine) { return [System.Text.Json.JsonDocument]::Parse($script:Utf8.GetString($Bytes, $Start, $Count), $script:ReadOptions) }
    [void] $script:Utf8.GetCharCount($Bytes, $Start, $Count) # the reader of JSON would find only later that it is no UTF-8
    # From a stream it is a copy, because the message is in use while a nested call reads on.
    [System.Text.Json.JsonDocument]::Parse([System.IO.MemoryStream]::new($Bytes, $Start, $Count), $script:ReadOptions)
}

# The id of the request that a message belongs to.
function Get-MessageOwner {
    param($Message)

    $params = Get-JsonProperty $Message 'params'
    if ($null -ne $params) { $params.GetProperty('invocation').GetInt32() } else { $Message.GetProperty('id').GetInt32() }
}

# Ends a core that said something that is not a message of this protocol.
function Stop-UnreadableMessage {
    param($Cmdlet, $Core, $Document, $Caught)

    Undo-CaughtError $Caught
    $refusal = if ($null -ne $Document -and [int] $Document.RootElement.ValueKind -eq 1) { Get-JsonProperty $Document.RootElement 'error' }
    $reason = if ($null -ne $refusal) { "it could not read what it was sent: $($refusal.GetRawText())" } else { 'it said something that is not a message' }
    Stop-BrokenCore $Cmdlet $Core $reason
}

# Reads on until there is a whole line, in slices. A core that is silent for long is asked whether it is there: a call
# may take its time, but its core answers.
function Read-CoreLine {
    param($Cmdlet, $Core)

    do {
        if ($null -ne $Core['Stopped']) { Stop-BrokenCore $Cmdlet $Core $Core['Stopped'] }
        if ($null -eq $Core['Reading']) { Start-CoreReading $Cmdlet $Core }
        $reading = $Core['Reading']
        $waited = 0
        try {
            # Task.Wait alone would spin first, and keep a processor from the core that it waits for.
            while (-not $reading.AsyncWaitHandle.WaitOne($script:WaitSlice)) {
                $waited += $script:WaitSlice
                Watch-Silence $Cmdlet $Core $waited
            }
            $reading.Wait() # throws what went wrong, which Result does not in a script
        } catch [System.AggregateException] {
            Undo-CaughtError $_
            Stop-BrokenCore $Cmdlet $Core "what it said cannot be read ($($_.Exception.InnerException.Message))"
        }
        # A call that was made in the meantime, by the action of an event, has read this already.
        if (-not [object]::ReferenceEquals($reading, $Core['Reading'])) { return }
        $Core['Reading'] = $null
        $count = $reading.Result
        if ($count -eq 0) { Stop-ClosedCore $Cmdlet $Core }
        $found = [array]::IndexOf[byte]($Core['Bytes'], $script:LineEnd, $Core['Length'], $count)
        $Core['Length'] += $count
    } while ($found -lt 0)
}

# Starts to read on, behind what is there already.
function Start-CoreReading {
    param($Cmdlet, $Core)

    $bytes = $Core['Bytes']
    $length = $Core['Length']
    if ($Core['Start'] -gt 0) {
        $kept = $bytes
        if ($bytes.Length -gt $script:ReadBuffer * 2 -and $length -lt $script:Chunk) { $kept = [byte[]]::new($script:ReadBuffer) }
        $start = $Core['Start']
        $Core['Start'] = 0
        if ($length -gt 0) { [array]::Copy($bytes, $start, $kept, $Core['Start'], $length) }
        $bytes = $kept
    }
    if ($length -ge $script:MaximumLine) { Stop-BrokenCore $Cmdlet $Core "it sent a line longer than $($script:MaximumLine) bytes" }
    if ($length -eq $bytes.Length) {
        $kept = [byte[]]::new($length * 2)
        [array]::Copy($bytes, $kept, $length)
        $bytes = $kept
    }
    $Core['Bytes'] = $bytes
    $Core['Reading'] = $Core['Output'].ReadAsync($bytes, $length, $bytes.Length - $length)
}

# What is done at each look for Ctrl+C, after so many milliseconds of silence.
function Watch-Silence {
    param($Cmdlet, $Core, $Waited)

    Receive-CorePrint $Core
    if ($Core['Timeout'] -gt 0 -and $Waited -ge $Core['Timeout']) { Stop-SilentCore $Cmdlet $Core 'it has not answered' }
    if ($Core['Timeout'] -gt 0 -and $Waited -eq [System.Math]::Floor($Core['Timeout'] / 2)) {
        $script:LastId++
        Send-CoreMessage $Cmdlet $Core "{""jsonrpc"":""2.0"",""id"":$script:LastId,""method"":""ping""}"
    }
}

# Ends a core whose output is closed.
function Stop-ClosedCore {
    param($Cmdlet, $Core)

    Wait-CoreExit $Core
    $code = if ($Core['Process'].HasExited) { "exit code $($Core['Process'].ExitCode)" } else { 'its output is closed' }
    Stop-BrokenCore $Cmdlet $Core "it ended before it answered ($code)"
}

function Get-JsonProperty {
    param($Element, [string] $Name)

    $value = [System.Text.Json.JsonElement]::new()
    if ($Element.TryGetProperty($Name, [ref] $value)) { $value }
}

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

# Makes values from JSON by the thousand. Script would take many times as long as ConvertFrom-Json does, so this is a
# function of .NET, put together from expressions and compiled when it is first needed.

# Gives a delegate that makes the value of a JsonElement, as ConvertFrom-WireValue does. What has a `$type` other than
# PSObject it leaves to that function.
function New-ObjectReader {
    $E = [System.Linq.Expressions.Expression]
    $type = [System.Func[System.Text.Json.JsonElement, object]]
    $element = $E::Parameter([System.Text.Json.JsonElement], 'element')
    # The delegate itself, for what is inside of arrays and objects; and how many properties the last object had.
    $read = $E::Variable($type, 'read')
    $size = $E::Variable([int], 'size')
    $case = { param([System.Text.Json.JsonValueKind] $kind, $what)
        $E::SwitchCase($E::Convert($what, [object]), [System.Linq.Expressions.Expression[]] @($E::Constant($kind)))
    }
    $cases = [System.Linq.Expressions.SwitchCase[]] @(
        & $case 'String' $E::Call($element, 'GetString', $null)
        & $case 'Number' (New-NumberReader $element)
        & $case 'True' $E::Constant($true)
        & $case 'False' $E::Constant($false)
        & $case 'Null' $E::Constant($null, [object])
        & $case 'Array' (New-ArrayReader $element $read)
    )
    $value = $E::Switch($E::Property($element, 'ValueKind'), (New-PropertyReader $element $read $size), $cases)
    $reader = $E::Lambda($type, $value, [System.Linq.Expressions.ParameterExpression[]] @($element))
    $E::Lambda([System.Func[System.Func[System.Text.Json.JsonElement, object]]],
        (New-Block @($read, $size) @($E::Assign($read, $reader))), [System.Linq.Expressions.ParameterExpression[]] @()).Compile().Invoke()
}

# Gives the expression of a number, as in ConvertFrom-WireNumber.
function New-NumberReader {
    param($Element)

    $E = [System.Linq.Expressions.Expression]
    $whole = $E::Variable([int], 'whole')
    $long = $E::Variable([long], 'long')
    $boxed = { param($what) $E::Convert($what, [object]) }
    $isExact = $E::AndAlso($E::LessThanOrEqual($long, $E::Constant(9007199254740991L)), $E::GreaterThanOrEqual($long, $E::Constant(-9007199254740991L)))
    $isLong = $E::AndAlso($E::Call($Element, 'TryGetInt64', $null, $long), $isExact)
    New-Block @($whole, $long) @($E::Condition($E::Call($Element, 'TryGetInt32', $null, $whole), (& $boxed $whole),
            $E::Condition($isLong, (& $boxed $long), (& $boxed $E::Call($Element, 'GetDouble', $null)))))
}

# Gives the expression of an array.
function New-ArrayReader {
    param($Element, $Read)

    $E = [System.Linq.Expressions.Expression]
    $items = $E::Variable([object[]], 'items')
    $index = $E::Variable([int], 'index')
    $elements = $E::Variable([System.Text.Json.JsonElement+ArrayEnumerator], 'elements')
    $end = $E::Label('end')
    $next = New-Block @() @(
        $E::Assign($E::ArrayAccess($items, $index), (New-ReaderCall $Read $E::Property($elements, 'Current')))
        $E::PreIncrementAssign($index)
    )
    New-Block @($items, $index, $elements) @(
        $E::Assign($items, $E::NewArrayBounds([object], $E::Call($Element, 'GetArrayLength', $null)))
        $E::Assign($index, $E::Constant(0))
        $E::Assign($elements, $E::Call($Element, 'EnumerateArray', $null))
        $E::Loop($E::IfThenElse($E::Call($elements, 'MoveNext', $null), $next, $E::Break($end)), $end)
        $items
    )
}

# Gives the expression of an object. It begins with room for as many properties as the one before it had.
function New-PropertyReader {
    param($Element, $Read, $Size)

    $E = [System.Linq.Expressions.Expression]
    $json = [System.Text.Json.JsonElement]
    $source = $E::Variable($json, 'source')
    $tag = $E::Variable($json, 'tag')
    $typeName = $E::Variable([string], 'typeName')
    $object = $E::Variable([psobject], 'object')
    $count = $E::Variable([int], 'count')
    $properties = $E::Variable([System.Text.Json.JsonElement+ObjectEnumerator], 'properties')
    $property = $E::Variable([System.Text.Json.JsonProperty], 'property')
    $end = $E::Label('end')
    $member = { param([string] $name) $E::Call($Element, 'GetProperty', $null, $E::Constant($name)) }

    # Names are known to be good and different: the core has seen to that.
    $note = New-ConstructorCall ([psnoteproperty]) @([string], [object]) @($E::Property($property, 'Name'), (New-ReaderCall $Read $E::Property($property, 'Value')))
    $next = New-Block @() @(
        $E::Assign($property, $E::Property($properties, 'Current'))
        $E::Call($E::Property($object, 'Properties'), 'Add', $null, $E::Convert($note, [System.Management.Automation.PSPropertyInfo]), $E::Constant($true))
        $E::PreIncrementAssign($count)
    )
    $unwrap = New-Block @() @(
        $E::Assign($source, (& $member 'properties'))
        $E::Assign($typeName, $E::Call((& $member '$typeName'), 'GetString', $null))
        $E::IfThen($E::NotEqual($typeName, $E::Constant('')),
            $E::Call($E::Property($object, 'TypeNames'), 'Insert', $null, $E::Constant(0), $typeName))
    )
    $isTagged = $E::Call($Element, 'TryGetProperty', $null, $E::Constant('$type'), $tag)
    $isPSObject = $E::Variable([bool], 'isPSObject')
    $isNamedSo = $E::AndAlso($E::Equal($E::Property($tag, 'ValueKind'), $E::Constant([System.Text.Json.JsonValueKind]::String)),
        $E::Call($tag, 'ValueEquals', $null, $E::Constant('PSObject')))
    $made = New-Block @() @(
        $E::Assign($object, (New-ConstructorCall ([psobject]) @([int]) @($Size)))
        $E::Assign($source, $Element)
        $E::IfThen($isPSObject, $unwrap)
        $E::Assign($count, $E::Constant(0))
        $E::Assign($properties, $E::Call($source, 'EnumerateObject', $null))
        $E::Loop($E::IfThenElse($E::Call($properties, 'MoveNext', $null), $next, $E::Break($end)), $end)
        $E::Assign($Size, $count)
        $E::Convert($object, [object])
    )
    $byScript = New-ReaderCall $E::Constant([System.Func[System.Text.Json.JsonElement, object]] { param($other) , (ConvertFrom-WireValue $other) }) $Element
    $isOther = $E::AndAlso($isTagged, $E::Not($E::Assign($isPSObject, $isNamedSo)))
    New-Block @($source, $tag, $isPSObject, $typeName, $object, $count, $properties, $property) @(
        $E::Assign($isPSObject, $E::Constant($false))
        $E::Condition($isOther, $byScript, $made)
    )
}

function New-ReaderCall {
    param($Read, $Element)

    [System.Linq.Expressions.Expression]::Invoke($Read, [System.Linq.Expressions.Expression[]] @($Element))
}

function New-Block {
    param($Variables, $Lines)

    [System.Linq.Expressions.Expression]::Block([System.Linq.Expressions.ParameterExpression[]] $Variables, [System.Linq.Expressions.Expression[]] $Lines)
}

# Expression.New, which PowerShell takes for a constructor of Expression itself.
function New-ConstructorCall {
    param([type] $Type, [type[]] $Types = @(), [System.Linq.Expressions.Expression[]] $Arguments = @())

    $method = [System.Linq.Expressions.Expression].GetMethod('New', [type[]] @([System.Reflection.ConstructorInfo], [System.Linq.Expressions.Expression[]]))
    $method.Invoke($null, @($Type.GetConstructor($Types), $Arguments))
}

# The objects that a call writes.

# Writes the objects of one message: made by the compiled reader once there have been so many that it pays.
function Write-CoreOutput {
    param($Cmdlet, $Values)

    $script:ObjectsRead += $Values.GetArrayLength()
    try {
        if ($script:ObjectsRead -lt $script:ObjectsBeforeReader) { $objects = ConvertFrom-WireArray $Values }
        else {
            if ($null -eq $script:ObjectReader) { $script:ObjectReader = New-ObjectReader }
            $objects = $script:ObjectReader.Invoke($Values)
        }
    } catch {
        Undo-CaughtError $_
        Stop-UnreadableValue $Cmdlet $_
    }
    if ($null -ne $script:Settings['Views']) { Import-ModuleView $Cmdlet }
    $Cmdlet.WriteObject($objects, $true)
}

# Gives the session the views of the module's objects, with the first of these, since no import is to wait for them. They
# are a module within this one, and go with it.
function Import-ModuleView {
    param($Cmdlet)

    $file = [System.IO.Path]::Combine($script:Module.ModuleBase, 'views', $script:Settings['Views'])
    $import = { Microsoft.PowerShell.Core\Import-Module $args[0] -Force -Verbose:$false -ErrorAction Stop }
    try { & $script:Module.NewBoundScriptBlock($import) $file } catch {
        Undo-CaughtError $_
        & $script:Module.NewBoundScriptBlock({ Stop-ModuleIncomplete @args }) $Cmdlet $file $_.Exception.Message
    }
    $script:Settings.Remove('Views')
}

# Ends a call that wrote what its type cannot be.
function Stop-UnreadableValue {
    param($Cmdlet, $Caught)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueNotReadable' -Category InvalidData -Target $Cmdlet.MyInvocation.MyCommand.Name `
                -Message "The core of $($script:Module.Name) wrote an object that PowerShell cannot make: $($Caught.Exception.GetBaseException().Message)" `
                -Action 'This is a fault of the module, not of the call: report it.'))
}

# What the calls of one pipeline have in common. A function with pipeline input begins with Open-CorePipeline, hands what
# that gives to Invoke-CoreCmdlet for each record, calls Complete-CorePipeline in its end block, and Close-CorePipeline in
# its clean block.

# Begins a pipeline. It costs nothing until the first record.
function Open-CorePipeline {
    param($Cmdlet, $BoundParameters)

    $commandLine = [System.Collections.Generic.Dictionary[string, object]]::new([System.StringComparer]::OrdinalIgnoreCase)
    foreach ($bound in $BoundParameters.GetEnumerator()) {
        # A script block that gives the value for each record (about_Script_Blocks, delay-bind) is no value itself.
        if ($null -ne $bound.Value -and $bound.Value.GetType().Name -ceq 'DelayedScriptBlockArgument') { continue }
        $commandLine[$bound.Key] = $bound.Value
    }
    $script:LastPipeline++
    [pscustomobject] @{
        Id          = $script:LastPipeline
        CommandLine = $commandLine # what was bound before the first record: the core keeps it for the records and the end
        Core        = $null # the core that knows of it, once one does
    }
}

# Has the core do what comes behind the last record.
function Complete-CorePipeline {
    param($Cmdlet, $Pipeline)

    Invoke-CoreCall $Cmdlet 'cmdlet/end' $null $Pipeline
}

# Tells the core that a pipeline is over: it has ended, failed, or was stopped.
function Close-CorePipeline {
    param($Cmdlet, $Pipeline)

    $core = $script:Core
    if ($null -eq $Pipeline -or $null -eq $core -or -not [object]::ReferenceEquals($Pipeline.Core, $core) -or $core['Process'].HasExited) { return }
    Send-CoreMessage $Cmdlet $core "{""jsonrpc"":""2.0"",""method"":""cmdlet/close"",""params"":{""pipeline"":$($Pipeline.Id)}}"
}

# Joins a core to a pipeline, and gives the JSON members that a message of it has: the first one tells the command line. The
# records before are lost with the core that had them, and so is the pipeline.
function Join-CorePipeline {
    param($Cmdlet, $Core, $Pipeline)

    $members = ",""pipeline"":$($Pipeline.Id)"
    if ([object]::ReferenceEquals($Pipeline.Core, $Core)) { return $members }
    if ($null -ne $Pipeline.Core -and $Pipeline.Core['IsGreeted']) {
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'PipelineLost' -Category ResourceUnavailable -Target $Cmdlet.MyInvocation.MyCommand.Name `
                    -Message "The core of $($script:Module.Name) ended in the middle of a pipeline, and what it knew of the records before is gone." `
                    -Action 'Run the whole pipeline again.'))
    }
    $Pipeline.Core = $Core
    $members + ',"commandLine":' + (ConvertTo-WireParameter $Cmdlet $Pipeline.CommandLine)
}

# Error and progress records.

# Takes an error that was caught and dealt with out of $Error, where PowerShell puts each: it is not the user's.
function Undo-CaughtError {
    param($Caught)

    # The record there is a copy. There may be one more for each method that the exception came through, which wraps it. That
    # of several exceptions in one gives the first inside as its base, which may have one of its own.
    $cause = $Caught.Exception.GetBaseException().GetBaseException()
    while ($global:Error.Count -gt 0) {
        $last = $global:Error[0]
        if ($last -isnot [System.Management.Automation.ErrorRecord] -or $last.Exception.GetBaseException().GetBaseException() -ne $cause) { return }
        $global:Error.RemoveAt(0)
    }
}

# Takes out of $Error what Ctrl+C at a question leaves there, an error of a line in this file: no `catch` is reached then.
function Undo-StoppedError {
    while ($global:Error.Count -gt 0) {
        $last = $global:Error[0]
        if ($last -isnot [System.Management.Automation.ErrorRecord] -or $last.InvocationInfo?.ScriptName -ne $PSCommandPath) { return }
        $global:Error.RemoveAt(0)
    }
}

# Makes an error record whose exception's message says both what happened and what to do; on the screen the second is
# the recommended action.
function New-ErrorRecord {
    param(
        [string] $Id,
        [System.Management.Automation.ErrorCategory] $Category,
        [string] $Message,
        [string] $Action,
        [string] $Target,
        [string] $ExceptionType
    )

    $text = "$Message $Action"
    $exception = switch ($ExceptionType) {
        'System.ArgumentException' { [System.ArgumentException]::new($text) }
        'System.NotImplementedException' { [System.NotImplementedException]::new($text) }
        'System.TimeoutException' { [System.TimeoutException]::new($text) }
        'System.OperationCanceledException' { [System.OperationCanceledException]::new($text) }
        'System.Net.Http.HttpRequestException' { [System.Net.Http.HttpRequestException]::new($text) }
        'System.Security.Authentication.AuthenticationException' { [System.Security.Authentication.AuthenticationException]::new($text) }
        default { [System.InvalidOperationException]::new($text) }
    }
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $Id, $Category, $Target)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($Message)
    $record.ErrorDetails.RecommendedAction = $Action
    $record
}

function ConvertTo-ErrorRecord {
    param($Element)

    $type = Get-JsonProperty $Element 'exceptionType'
    $record = New-ErrorRecord -Id $Element.GetProperty('errorId').GetString() `
        -Category $Element.GetProperty('category').GetString() `
        -Message $Element.GetProperty('message').GetString() `
        -Action $Element.GetProperty('recommendedAction').GetString() `
        -Target $Element.GetProperty('targetObject').GetString() `
        -ExceptionType $(if ($null -ne $type) { $type.GetString() })
    $data = Get-JsonProperty $Element 'data'
    if ($null -ne $data) {
        foreach ($entry in $data.EnumerateObject()) { $record.Exception.Data[$entry.Name] = $entry.Value.GetString() }
    }
    $record
}

function ConvertTo-ProgressRecord {
    param($Element)

    $record = [System.Management.Automation.ProgressRecord]::new(
        1, $Element.GetProperty('activity').GetString(), $Element.GetProperty('status').GetString())
    $percent = Get-JsonProperty $Element 'percentComplete'
    if ($null -ne $percent) { $record.PercentComplete = $percent.GetInt32() }
    $seconds = Get-JsonProperty $Element 'secondsRemaining'
    if ($null -ne $seconds) { $record.SecondsRemaining = $seconds.GetInt32() }
    $completed = Get-JsonProperty $Element 'completed'
    if ($null -ne $completed -and $completed.GetBoolean()) { $record.RecordType = 'Completed' }
    $record
}

# Values that come from the core (values.ts has the other side). Numbers are those of System.Text.Json.JsonValueKind:
# 1 Object, 2 Array, 3 String, 4 Number, 5 True, 6 False, 7 Null.

function ConvertFrom-WireValue {
    param($Element)

    $kind = [int] $Element.ValueKind
    if ($kind -eq 3) { return $Element.GetString() }
    if ($kind -eq 4) { return ConvertFrom-WireNumber $Element }
    if ($kind -ge 5) { if ($kind -lt 7) { return $kind -eq 5 } else { return $null } }
    if ($kind -eq 2) { return , (ConvertFrom-WireArray $Element) }
    $type = [System.Text.Json.JsonElement]::new()
    if (-not $Element.TryGetProperty('$type', [ref] $type)) { return [pscustomobject] (ConvertFrom-WireObject $Element) }
    $name = $type.GetString()
    if ($name -ceq 'PSObject') { return ConvertFrom-WirePSObject $Element }
    if ($name -ceq 'System.Collections.Hashtable') {
        $table = @{}
        foreach ($entry in $Element.GetProperty('entries').EnumerateObject()) { $table[$entry.Name] = ConvertFrom-WireValue $entry.Value }
        return $table
    }
    if ($name -ceq 'System.Management.Automation.PSCredential') {
        $password = ConvertTo-Password $Element.GetProperty('password').GetString()
        return [pscredential]::new($Element.GetProperty('userName').GetString(), $password)
    }
    , (ConvertFrom-WireScalar $name $Element.GetProperty('value').GetString())
}

# Gives the values of an array. Of objects there may be hundreds, so these and the common kinds of their properties are
# made in place: a call of a function for each costs more than all the rest.
function ConvertFrom-WireArray {
    param($Element)

    $items = [object[]]::new($Element.GetArrayLength())
    $tag = [System.Text.Json.JsonElement]::new()
    $whole = $i = 0
    foreach ($item in $Element.EnumerateArray()) {
        $kind = [int] $item.ValueKind
        if ($kind -eq 3) { $items[$i++] = $item.GetString(); continue }
        $table = if ($kind -eq 1) { [ordered] @{} }
        $content = $item
        if ($null -ne $table -and $item.TryGetProperty('$type', [ref] $tag)) {
            if ($tag.ValueEquals('PSObject') -and ($name = $item.GetProperty('$typeName').GetString())) {
                $table['PSTypeName'] = $name
                $content = $item.GetProperty('properties')
            } else { $table = $null }
        }
        if ($null -eq $table) { $items[$i++] = ConvertFrom-WireValue $item; continue }
        foreach ($property in $content.EnumerateObject()) {
            $value = $property.Value
            $kind = [int] $value.ValueKind
            if ($kind -eq 3) { $table[$property.Name] = $value.GetString() }
            elseif ($kind -eq 4 -and $value.TryGetInt32([ref] $whole)) { $table[$property.Name] = $whole }
            elseif ($kind -eq 5) { $table[$property.Name] = $true }
            elseif ($kind -eq 6) { $table[$property.Name] = $false }
            elseif ($kind -eq 7) { $table[$property.Name] = $null }
            else { $table[$property.Name] = ConvertFrom-WireValue $value }
        }
        $items[$i++] = [pscustomobject] $table
    }
    , $items
}

# Gives an object's properties in order. A type name becomes the one that [pscustomobject] gives its object.
function ConvertFrom-WireObject {
    param($Element, [string] $TypeName)

    $table = [ordered] @{}
    if ($TypeName) { $table['PSTypeName'] = $TypeName }
    foreach ($property in $Element.EnumerateObject()) { $table[$property.Name] = ConvertFrom-WireValue $property.Value }
    , $table
}

function ConvertFrom-WirePSObject {
    param($Element)

    $properties = $Element.GetProperty('properties')
    $name = $Element.GetProperty('$typeName').GetString()
    if ($name) { return [pscustomobject] (ConvertFrom-WireObject $properties $name) }
    # Without a type name, any property can be called PSTypeName.
    $object = [psobject]::new()
    foreach ($property in $properties.EnumerateObject()) {
        $object.PSObject.Properties.Add([psnoteproperty]::new($property.Name, (ConvertFrom-WireValue $property.Value)))
    }
    $object
}

# Gives the value of a type that crosses as a text.
function ConvertFrom-WireScalar {
    param([string] $Type, [string] $Text)

    $invariant = [cultureinfo]::InvariantCulture
    switch -CaseSensitive ($Type) {
        'System.Int64' { return [long]::Parse($Text, $invariant) }
        'System.UInt64' { return [ulong]::Parse($Text, $invariant) }
        'System.Decimal' { return [decimal]::Parse($Text, $invariant) }
        'System.Numerics.BigInteger' { return [bigint]::Parse($Text, $invariant) }
        'System.DateTime' { return [datetime]::Parse($Text, $invariant, 'RoundtripKind') }
        'System.DateTimeOffset' { return [System.DateTimeOffset]::Parse($Text, $invariant) }
        'System.TimeSpan' { return [timespan]::ParseExact($Text, 'c', $invariant) }
        'System.Guid' { return [guid]::Parse($Text) }
        'System.Uri' { return [uri]::new($Text, [System.UriKind]::RelativeOrAbsolute) }
        'System.Version' { return [version]::Parse($Text) }
        'System.Management.Automation.SemanticVersion' { return [semver]::Parse($Text) }
        'System.Net.IPAddress' { return [System.Net.IPAddress]::Parse($Text) }
        'System.Net.Mail.MailAddress' { return [System.Net.Mail.MailAddress]::new($Text) }
        'System.Globalization.CultureInfo' { return [cultureinfo]::GetCultureInfo($Text) }
        'System.Byte[]' { return , [System.Convert]::FromBase64String($Text) }
        'System.Security.SecureString' { return ConvertTo-Password $Text }
        'System.Xml.XmlDocument' {
            $document = [System.Xml.XmlDocument]::new()
            $document.XmlResolver = $null
            $document.PreserveWhitespace = $true
            $document.LoadXml($Text)
            return , $document
        }
    }
    throw "there is no wire form of type '$Type'"
}

function ConvertTo-Password {
    param([string] $Text)

    $password = [securestring]::new()
    foreach ($character in $Text.ToCharArray()) { $password.AppendChar($character) }
    $password.MakeReadOnly()
    $password
}

# Beyond 2^53 a number of JavaScript is not exact, and its digits are not those of the integer that they look like.
function ConvertFrom-WireNumber {
    param($Element)

    $number = 0
    if ($Element.TryGetInt32([ref] $number)) { return $number }
    $number = 0L
    if ($Element.TryGetInt64([ref] $number) -and $number -ge -9007199254740991 -and $number -le 9007199254740991) { return $number }
    $Element.GetDouble()
}

# Values on their way to the core (values.ts has the other side).

# Gives the JSON of a cmdlet's own parameters. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with. A
# null is handed over where the parameter's type has one, and is as good as not given elsewhere. $Known has those that the
# core knows already.
function ConvertTo-WireParameter {
    param($Cmdlet, $BoundParameters, $Known)

    # Where a parameter is called Keys, .Keys is its value.
    $members = foreach ($name in $BoundParameters.get_Keys()) {
        if ($null -ne $Known -and $Known.ContainsKey($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::CommonParameters.Contains($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name) -and (Test-ShouldProcess $Cmdlet)) { continue }
        $value = $BoundParameters[$name]
        if ($null -eq $value -and -not (Test-Nullable $Cmdlet $name)) { continue }
        if ($value -is [string] -or $value -is [System.Collections.Generic.IEnumerable[string]]) { $value = ConvertTo-AcceptedText $Cmdlet $name $value }
        (ConvertTo-JsonText $name) + ':' + (ConvertTo-WireValue $Cmdlet "-$name" $value ([System.Collections.Generic.List[object]]::new()))
    }
    '{' + ($members -join ',') + '}'
}

# Gives a text, or each of several, as the help spells it where that names those that are accepted: PowerShell takes them
# without regard to case, and the core does not.
function ConvertTo-AcceptedText {
    param($Cmdlet, [string] $Name, $Value)

    foreach ($attribute in $Cmdlet.MyInvocation.MyCommand.Parameters[$Name].Attributes) {
        if ($attribute -isnot [System.Management.Automation.ValidateSetAttribute]) { continue }
        $accepted = $attribute.ValidValues
        $texts = @(foreach ($text in $Value) { if ($accepted.Contains($text)) { $text } else { @($accepted -eq $text)[0] } })
        if ($Value -is [string]) { return $texts[0] } else { return , $texts }
    }
    , $Value
}

# Whether null is a value of a parameter's type.
function Test-Nullable {
    param($Cmdlet, [string] $Name)

    $null -ne [System.Nullable]::GetUnderlyingType($Cmdlet.MyInvocation.MyCommand.Parameters[$Name].ParameterType)
}

# Whether a function has -WhatIf and -Confirm from PowerShell, and not of its own.
function Test-ShouldProcess {
    param($Cmdlet)

    foreach ($attribute in $Cmdlet.MyInvocation.MyCommand.ScriptBlock.Attributes) {
        if ($attribute -is [System.Management.Automation.CmdletBindingAttribute]) { return $attribute.SupportsShouldProcess }
    }
    $false
}

# Gives the JSON of a value. $Place is where it is, such as -Filter.names[2]; $Above has what it is inside of.
function ConvertTo-WireValue {
    param($Cmdlet, [string] $Place, $Value, $Above)

    $base = $Value
    if ($Value -is [psobject]) { $base = $Value.PSObject.BaseObject }
    if ($base -is [string]) { return ConvertTo-WireText $Cmdlet $Place $base }
    if ($null -eq $base) { return 'null' }
    if ($base -is [switch]) { $base = $base.ToBool() }
    if ($base -is [bool]) { if ($base) { return 'true' } else { return 'false' } }
    if ($base -is [enum] -or $base -is [char]) { return ConvertTo-WireText $Cmdlet $Place $base.ToString() }
    if ($base -is [int] -or $base -is [byte] -or $base -is [sbyte] -or $base -is [int16] -or $base -is [uint16] -or $base -is [uint]) { return "$base" }
    if ($base -is [double] -or $base -is [float]) {
        if ([double]::IsFinite($base)) { return $base.ToString('R', [cultureinfo]::InvariantCulture) }
        Stop-WireValue $Cmdlet $Place 'A number that is not finite'
    }
    if ($base -is [pscredential]) {
        return '{"$type":"System.Management.Automation.PSCredential","userName":' + (ConvertTo-WireText $Cmdlet $Place $base.UserName) +
        ',"password":' + (ConvertTo-WireText $Cmdlet $Place (ConvertFrom-Password $base.Password)) + '}'
    }
    $scalar = ConvertTo-WireScalar $base
    if ($null -ne $scalar) {
        return '{"$type":"' + $scalar['$type'] + '","value":' + (ConvertTo-WireText $Cmdlet $Place $scalar['value']) + '}'
    }
    # All custom objects have the same base object: what tells them apart is the wrapping.
    $identity = $base
    if ($base -is [System.Management.Automation.PSCustomObject]) { $identity = $Value }
    foreach ($outer in $Above) {
        if ([object]::ReferenceEquals($outer, $identity)) { Stop-WireValue $Cmdlet $Place 'A value that holds itself' }
    }
    if ($Above.Count -ge $script:MaximumDepth) { Stop-WireValue $Cmdlet $Place "What is nested deeper than $($script:MaximumDepth) levels" }
    $Above.Add($identity)
    $json = ConvertTo-WireContainer $Cmdlet $Place $Value $base $Above
    $Above.RemoveAt($Above.Count - 1)
    if ($null -eq $json) { Stop-WireValue $Cmdlet $Place "A value of type $($base.GetType().FullName)" }
    $json
}

# Gives the type and the text of what crosses as a text beside its type; nothing for a value of any other type.
function ConvertTo-WireScalar {
    param($Value)

    $type = $Value.GetType().FullName
    $invariant = [cultureinfo]::InvariantCulture
    $text = switch -CaseSensitive ($type) {
        { $_ -cin 'System.Int64', 'System.UInt64', 'System.Decimal', 'System.Numerics.BigInteger' } { $Value.ToString($invariant) }
        { $_ -cin 'System.DateTime', 'System.DateTimeOffset' } { $Value.ToString('o', $invariant) }
        'System.TimeSpan' { $Value.ToString('c', $invariant) }
        'System.Guid' { $Value.ToString('D') }
        'System.Uri' { $Value.OriginalString }
        { $_ -cin 'System.Version', 'System.Management.Automation.SemanticVersion', 'System.Net.IPAddress', 'System.Net.Mail.MailAddress' } { $Value.ToString() }
        'System.Net.IPAddress+ReadOnlyIPAddress' {
            $type = 'System.Net.IPAddress'
            $Value.ToString()
        }
        'System.Globalization.CultureInfo' { $Value.Name }
        'System.Byte[]' { [System.Convert]::ToBase64String($Value) }
        'System.Security.SecureString' { ConvertFrom-Password $Value }
        'System.Xml.XmlDocument' { $Value.OuterXml }
    }
    if ($null -ne $text) { @{ '$type' = $type; value = [string] $text } }
}

# Gives the JSON of a list, a dictionary or an object with properties; nothing for any other value.
function ConvertTo-WireContainer {
    param($Cmdlet, [string] $Place, $Value, $Base, $Above)

    if ($Base -is [System.Collections.IDictionary]) {
        $names = @{}
        $entries = foreach ($entry in $Base.GetEnumerator()) {
            $name = [string] $entry.Key
            if ($names.ContainsKey($name)) { Stop-WireValue $Cmdlet "$Place.$name" 'One of two keys that differ in case alone' }
            $names[$name] = $true
            (ConvertTo-WireText $Cmdlet $Place $name) + ':' + (ConvertTo-WireValue $Cmdlet "$Place.$name" $entry.Value $Above)
        }
        return '{"$type":"System.Collections.Hashtable","entries":{' + ($entries -join ',') + '}}'
    }
    $type = $Base.GetType()
    $collection = $type.GetInterface('System.Collections.Generic.ICollection`1')
    if (($Base -is [System.Collections.ICollection] -or $null -ne $collection) -and -not ($type.IsArray -and $type.GetArrayRank() -gt 1)) {
        $element = if ($null -ne $collection) { $collection.GenericTypeArguments[0] } else { [object] }
        $hasNull = $element -in [object], [psobject] -or $null -ne [System.Nullable]::GetUnderlyingType($element)
        $index = 0
        $items = foreach ($item in $Base) {
            $at = "$Place[$index]"
            $index++
            if ($null -eq $item -and -not $hasNull) { Stop-WireValue $Cmdlet $at "A null among values of type $($element.FullName)" }
            ConvertTo-WireValue $Cmdlet $at $item $Above
        }
        return '[' + ($items -join ',') + ']'
    }
    if ($Base -is [System.Management.Automation.ErrorRecord]) { return ConvertTo-WireErrorRecord $Cmdlet $Place $Base }
    # Classes of .NET hold handles, code and each other. Those of a script or of another module are made of properties.
    if ($Base -isnot [System.Management.Automation.PSCustomObject] -and $type.FullName -match '^(System|Microsoft\.(PowerShell|Management|Win32))\.') { return }
    $properties = foreach ($property in $Value.PSObject.Properties) {
        (ConvertTo-WireText $Cmdlet $Place $property.Name) + ':' + (ConvertTo-WireValue $Cmdlet "$Place.$($property.Name)" $property.Value $Above)
    }
    ConvertTo-WirePSObject $Cmdlet $Place ($Value.PSObject.TypeNames[0] -replace '^Deserialized\.') $properties
}

function ConvertTo-WireErrorRecord {
    param($Cmdlet, [string] $Place, $Record)

    $texts = [ordered] @{
        FullyQualifiedErrorId = $Record.FullyQualifiedErrorId
        Category              = $Record.CategoryInfo.Category.ToString()
        Message               = "$Record"
        TargetObject          = "$($Record.TargetObject)"
        ExceptionType         = $Record.Exception.GetType().FullName
        ScriptStackTrace      = "$($Record.ScriptStackTrace)"
    }
    $properties = foreach ($name in $texts.Keys) { """$name"":" + (ConvertTo-WireText $Cmdlet "$Place.$name" $texts[$name]) }
    ConvertTo-WirePSObject $Cmdlet $Place 'System.Management.Automation.ErrorRecord' $properties
}

# Gives the JSON of an object with a type name; $Properties are its members in JSON.
function ConvertTo-WirePSObject {
    param($Cmdlet, [string] $Place, [string] $TypeName, $Properties)

    '{"$type":"PSObject","$typeName":' + (ConvertTo-WireText $Cmdlet $Place $TypeName) + ',"properties":{' + ($Properties -join ',') + '}}'
}

# Ends a call whose parameters hold something that cannot be handed over.
function Stop-WireValue {
    param($Cmdlet, [string] $Place, [string] $What)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueCannotCross' -Category InvalidType -Target $Place `
                -Message "$What cannot be handed to the core of $($script:Module.Name) for $Place." `
                -Action 'Pass texts, numbers, dates, credentials, or lists, hashtables and custom objects of these.'))
}

# NetworkCredential would give a password up to its first NUL.
function ConvertFrom-Password {
    param([securestring] $Password)

    $text = [System.Runtime.InteropServices.Marshal]::SecureStringToBSTR($Password)
    try { [System.Runtime.InteropServices.Marshal]::PtrToStringBSTR($text) }
    finally { [System.Runtime.InteropServices.Marshal]::ZeroFreeBSTR($text) }
}

# Gives the JSON of a text. JSON has no halves of surrogate pairs, and would carry something else for them.
function ConvertTo-WireText {
    param($Cmdlet, [string] $Place, [string] $Text)

    try { [void] $script:Utf8.GetByteCount($Text) } catch [System.Text.EncoderFallbackException] { Stop-BrokenText $Cmdlet $Place $_ }
    ConvertTo-JsonText $Text
}

function Stop-BrokenText {
    param($Cmdlet, [string] $Place, $Caught)

    Undo-CaughtError $Caught
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'TextNotUnicode' -Category InvalidData -Target $Place `
                -Message "The text for $Place is not Unicode: it holds half of a surrogate pair." `
                -Action 'Pass the whole character, or leave it out.'))
}

function ConvertTo-JsonText {
    param([string] $Text)

    if ($Text.IndexOfAny($script:JsonEscaped) -lt 0) { return """$Text""" }
    '"' + [System.Text.Encodings.Web.JavaScriptEncoder]::UnsafeRelaxedJsonEscaping.Encode($Text) + '"'
}
