# The PowerShell side of a module whose cmdlets run in a TypeScript core: starts the core at the first call, speaks
# newline-delimited JSON-RPC 2.0 with it (messages.ts has the messages), and turns what it says into streams, prompts
# and error records of the calling cmdlet. The build joins these files into the one ModuleHost.ps1 that every module has.
# They use engine types and .NET alone, so they load nothing else, and they wait in slices, because a blocking .NET call
# cannot be stopped by Ctrl+C.

Set-StrictMode -Version 3.0

$script:Module = $ExecutionContext.SessionState.Module
$script:Core = $null
$script:LastId = 0
$script:LastPipeline = 0
$script:ProtocolVersion = 2
$script:MinimumNodeVersion = [version] '22.12'
$script:WaitSlice = 100 # milliseconds between two looks for Ctrl+C
$script:Timeout = 30 # seconds that a core may say nothing at all; the environment variable of Get-Setting TIMEOUT goes first
$script:Grace = 2000 # milliseconds in which a core must hear that a call is cancelled
$script:GraceClock = $null # runs while one has to
$script:HasLostCore = $false # whether one did not, which the next call tells
$script:MaximumLine = 64MB # as MAX_LINE_BYTES in ndjson.ts: no message is longer, in either direction
$script:MaximumDepth = 64 # as MAX_DEPTH in wire-value.ts: how many lists and objects may be inside one another
$script:JsonDepth = 140 # which is two levels of JSON for each, and the message around them
$script:Chunk = 64KB # read and written at a time
$script:Utf8 = [System.Text.UTF8Encoding]::new($false, $true)

$script:ObjectsRead = 0
$script:ObjectReader = $null # made by New-ObjectReader, which takes as long as script does for thousands of objects
$script:ObjectsBeforeReader = 1000
$script:WriteOptions = $null # of the JSON that goes to the core; made at the first call

# The functions of the module's own PowerShell that the core may call. A generated module with any sets it.
$script:HostFunctions = @()

$script:Module.OnRemove = { Stop-Core 'the module was removed' }

# Messages of the core to a call that runs: streams, questions, and calls of the module's own PowerShell.

# Does what the core asks or tells in the middle of a call.
function Invoke-CoreRequest {
    param($Cmdlet, $Core, [string] $Method, $Message)

    try {
        $params = $Message.GetProperty('params')
        # No `switch`: it would take a `break` further down the pipeline for its own.
        if ($Method -ceq 'stream/output') {
            Write-CoreOutput $Cmdlet $params.GetProperty('values')
        } elseif ($Method -ceq 'stream/error') {
            $Cmdlet.WriteError((ConvertTo-ErrorRecord $params.GetProperty('error')))
        } elseif ($Method -ceq 'stream/warning') {
            $Cmdlet.WriteWarning($params.GetProperty('message').GetString())
            if ($null -ne (Get-JsonProperty $params 'mustBeSeen')) { Show-SilencedWarning $Cmdlet $params.GetProperty('message').GetString() }
        } elseif ($Method -ceq 'stream/verbose') {
            $Cmdlet.WriteVerbose($params.GetProperty('message').GetString())
        } elseif ($Method -ceq 'stream/debug') {
            $Cmdlet.WriteDebug($params.GetProperty('message').GetString())
        } elseif ($Method -ceq 'stream/information') {
            $tags = [string[]] (ConvertFrom-WireValue $params.GetProperty('tags'))
            $Cmdlet.WriteInformation($params.GetProperty('message').GetString(), $tags)
        } elseif ($Method -ceq 'stream/progress') {
            $Cmdlet.WriteProgress((ConvertTo-ProgressRecord $params))
        } elseif ($Method -ceq 'host/shouldProcess') {
            $answer = $Cmdlet.ShouldProcess($params.GetProperty('target').GetString(), $params.GetProperty('action').GetString())
            Send-CoreMessage $Cmdlet $Core @{ id = $Message.GetProperty('id').GetInt32(); result = $answer }
        } elseif ($Method -ceq 'host/shouldContinue') {
            $answer = $Cmdlet.ShouldContinue($params.GetProperty('query').GetString(), $params.GetProperty('caption').GetString())
            Send-CoreMessage $Cmdlet $Core @{ id = $Message.GetProperty('id').GetInt32(); result = $answer }
        } elseif ($Method -ceq 'host/call') {
            $answer = Invoke-HostFunction $params.GetProperty('function').GetString() $params.GetProperty('arguments')
            $answer['id'] = $Message.GetProperty('id').GetInt32()
            Send-CoreMessage $Cmdlet $Core $answer
        } else {
            Stop-BrokenCore $Cmdlet $Core "it asked for '$Method', which this version of the module does not know"
        }
    } catch [System.Management.Automation.MethodInvocationException] {
        # Such as a question that a shell without a user cannot ask: in a script the next statement would run.
        $cause = $_.Exception.InnerException
        Undo-CaughtError $_
        # What comes out of a pipeline further down is not this cmdlet's error.
        if ($Method -ceq 'stream/output' -and $cause -is [System.Management.Automation.RuntimeException]) { throw $cause.ErrorRecord }
        if ($cause -is [System.Collections.Generic.KeyNotFoundException]) {
            Stop-BrokenCore $Cmdlet $Core "its message '$Method' lacks what such a message must have"
        }
        $record = if ($cause -is [System.Management.Automation.IContainsErrorRecord]) { $cause.ErrorRecord } else {
            [System.Management.Automation.ErrorRecord]::new($cause, $cause.GetType().Name, 'InvalidOperation', $null)
        }
        $Cmdlet.ThrowTerminatingError($record)
    }
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

# Calls a function of the module's own PowerShell for the core. Gives the answer without its id.
function Invoke-HostFunction {
    param([string] $Name, $Arguments)

    try {
        if ($script:HostFunctions -cnotcontains $Name) {
            throw (New-ErrorRecord -Id 'HostFunctionUnknown' -Category ProtocolError -Target $Name `
                    -Message "The core of $($script:Module.Name) asked for '$Name', which it may not call." `
                    -Action 'Its files may be of different versions: install the module again, then start a new session.')
        }
        $named = ConvertFrom-WireObject $Arguments
        @{ result = & $Name @named }
    } catch {
        $details = $_.ErrorDetails
        @{
            error = @{
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
    }
}

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

# The end of the core process: asked for, or found out.

# Ends the core, if there is one: closing its input asks it to, and one that does not listen is killed.
function Stop-Core {
    param([string] $Reason, [int] $Patience = 2000)

    $core = $script:Core
    $script:Core = $null
    if ($null -eq $core) { return }
    $core.Stopped = $Reason
    $core.Runspace.remove_StateChanged($core.OnClose)
    try { $core.Input.Dispose() } catch [System.IO.IOException] { Undo-CaughtError $_ <# it has ended already #> }
    if (-not $core.Process.WaitForExit($Patience)) { $core.Process.Kill($true) }
    $core.Process.Dispose()
}

# Ends a core that ended by itself or broke the protocol, and the call with it.
function Stop-BrokenCore {
    param($Cmdlet, $Core, [string] $Reason, [string] $Id = 'CoreProtocolFault', [string] $Category = 'ProtocolError', [string] $Hint)

    $name = $script:Module.Name
    $details = ''
    $fault = 'failed'
    if ($null -ne $Core.Stopped) {
        # By another call, or with the module, while this call was in the middle of something else.
        $Id, $Category, $Reason, $fault = 'CoreStopped', 'OperationStopped', $Core.Stopped, 'was stopped'
    } elseif ($Core.Process.HasExited) {
        $Id, $Category = 'CoreEnded', 'ResourceUnavailable'
        if ($Core.Printing.Wait(1000)) { $details = [System.Text.Encoding]::UTF8.GetString($Core.Errors.ToArray()).Trim() }
    }
    if ($Core -eq $script:Core) { Stop-Core $Reason 0 }
    $record = New-ErrorRecord -Id $Id -Category $Category -Target $Core.Node `
        -Message "The call was not completed, because the core of $name ${fault}: $Reason." `
        -Action ('Call the cmdlet again: that starts a new core. ' + $(if ($Hint) { $Hint } else { 'If it happens again, report it.' }))
    # What the runtime printed is for the report, not for the screen.
    if ($details) { $record.Exception.Data['StandardError'] = $details }
    # Another Node.js may do better (Open-Core); a cmdlet's terminating error could not be caught there.
    if (-not $Core.IsGreeted) { throw $record }
    $Cmdlet.ThrowTerminatingError($record)
}

# Ends a core that has not answered in time.
function Stop-SilentCore {
    param($Cmdlet, $Core, [string] $Reason)

    Stop-BrokenCore $Cmdlet $Core "$Reason for $($Core.Timeout / 1000) seconds" -Id 'CoreNotResponding' -Category OperationTimeout `
        -Hint "Where it needs more time, set the environment variable $(Get-Setting TIMEOUT) to a number of seconds; 0 is no limit."
}

# Ends a core that does not hear that a call is cancelled, because its handler does not give the event loop back: it has a
# moment to say that it is there.
function Stop-BusyCore {
    param($Cmdlet, $Core)

    $id = Open-CoreInbox $Core
    $timeout = $Core.Timeout
    $Core.Timeout = $script:Grace
    $Core.IsGreeted = $false # so that what is thrown can be caught here
    $script:GraceClock = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        Send-CoreMessage $Cmdlet $Core @{ id = $id; method = 'ping' }
        (Receive-CoreMessage $Cmdlet $Core $id).Dispose()
    } catch {
        Undo-CaughtError $_
        $script:HasLostCore = $true
    } finally {
        $script:GraceClock = $null
        $Core.Timeout = $timeout
        $Core.IsGreeted = $true
        $Core.IsCancelled = $false
        [void] $Core.Inboxes.Remove($id)
    }
}

# Gives a core whose pipes are closed the moment it needs to be seen as ended, with its exit code.
function Wait-CoreExit {
    param($Core)

    if ($null -eq $Core.Stopped) { [void] $Core.Process.WaitForExit(1000) } # else it is disposed of already
}

# One call of a cmdlet, from its parameters to its end.

# Runs one call of a cmdlet in the core. $Cmdlet is the function's $PSCmdlet, $BoundParameters its $PSBoundParameters;
# $Pipeline is what Open-CorePipeline gave its begin block, where it has one.
function Invoke-CoreCmdlet {
    param($Cmdlet, $BoundParameters, $Pipeline)

    $known = if ($null -ne $Pipeline) { $Pipeline.CommandLine }
    $params = @{
        cmdlet           = $Cmdlet.MyInvocation.MyCommand.Name
        parameterSetName = $Cmdlet.ParameterSetName
        parameters       = ConvertTo-WireParameter $Cmdlet $BoundParameters $known
    }
    if ($null -eq $Pipeline) {
        Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $params
        return
    }
    $params['pipeline'] = $Pipeline.Id
    try { Invoke-CoreCall $Cmdlet 'cmdlet/invoke' $params $Pipeline } finally {
        # PowerShell leaves what this record bound there for the next one.
        foreach ($name in @($BoundParameters.psbase.Keys)) {
            if (-not $known.ContainsKey($name)) { [void] $BoundParameters.Remove($name) }
        }
    }
}

# Sends one request of a cmdlet to the core, and does what the core asks and tells until it answers.
function Invoke-CoreCall {
    param($Cmdlet, [string] $Method, [hashtable] $Params, $Pipeline)

    # A script function sees its module's preferences; a compiled cmdlet sees its caller's, and so do we from here on.
    $caller = $Cmdlet.SessionState.PSVariable
    $ErrorActionPreference = $caller.GetValue('ErrorActionPreference', $ErrorActionPreference)
    $WarningPreference = $caller.GetValue('WarningPreference', $WarningPreference)
    $VerbosePreference = $caller.GetValue('VerbosePreference', $VerbosePreference)
    $DebugPreference = $caller.GetValue('DebugPreference', $DebugPreference)
    $InformationPreference = $caller.GetValue('InformationPreference', $InformationPreference)
    $ProgressPreference = $caller.GetValue('ProgressPreference', $ProgressPreference)
    $WhatIfPreference = $caller.GetValue('WhatIfPreference', $WhatIfPreference)
    $ConfirmPreference = $caller.GetValue('ConfirmPreference', $ConfirmPreference)

    $core = Connect-Core $Cmdlet
    if ($null -ne $Pipeline) { Join-CorePipeline $Cmdlet $core $Pipeline $Params }
    $id = Open-CoreInbox $core
    $answered = $dealing = $continued = $false
    try {
        Send-CoreMessage $Cmdlet $core @{ id = $id; method = $Method; params = $Params }
        # A `break` or `continue` further down the pipeline would end this loop, as the nearest: it is passed on below.
        while (-not $answered -and -not ($dealing -and ($continued = $true))) {
            $document = Receive-CoreMessage $Cmdlet $core $id
            $message = $document.RootElement
            $told = [System.Text.Json.JsonElement]::new()
            $answered = -not $message.TryGetProperty('method', [ref] $told)
            $dealing = $true
            if ($answered) { Complete-CoreCall $Cmdlet $message } else { Invoke-CoreRequest $Cmdlet $core $told.GetString() $message }
            $dealing = $false
            $document.Dispose()
        }
    } finally {
        [void] $core.Inboxes.Remove($id)
        # Reached unanswered by Ctrl+C, by a downstream command that has enough, or by a fault of the core.
        if (-not $answered -and $core -eq $script:Core) {
            Send-CoreMessage $Cmdlet $core @{ method = '$/cancelRequest'; params = @{ id = $id } }
            # Ctrl+C ends the waiting at once, and what does not stop then; anything else may leave it to the next call.
            $core.IsCancelled = $true
            if (-not $dealing) { Stop-BusyCore $Cmdlet $core }
        }
    }
    if ($continued) { continue }
    if ($dealing) { break }
}

# Ends a call with the core's answer: quietly, or with the terminating error that it tells.
function Complete-CoreCall {
    param($Cmdlet, $Message)

    $failure = Get-JsonProperty $Message 'error'
    if ($null -eq $failure) { return }
    $record = Get-JsonProperty $failure 'data'
    if ($null -ne $record) { $Cmdlet.ThrowTerminatingError((ConvertTo-ErrorRecord $record)) }
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'CoreRefusedCall' -Category ProtocolError `
                -Message "The core of $($script:Module.Name) refused the call: $($failure.GetProperty('message').GetString())." `
                -Action 'Its files may be of different versions: install the module again, then start a new session.'))
}

# Messages to and from the core: one line each.

# Opens the queue of one request; nested calls each have their own, and what is nobody's any more is dropped.
function Open-CoreInbox {
    param($Core)

    $script:LastId++
    $Core.Inboxes[$script:LastId] = [System.Collections.Generic.Queue[object]]::new()
    $script:LastId
}

# Writes one message as a line, in pieces, each waited for in slices: a core that does not listen leaves the pipe full.
# The bytes may hold a password, so they do not outlive the call.
function Send-CoreMessage {
    param($Cmdlet, $Core, [hashtable] $Message)

    $Message['jsonrpc'] = '2.0'
    if ($null -eq $script:WriteOptions) {
        $script:WriteOptions = [System.Text.Json.JsonSerializerOptions]::new()
        $script:WriteOptions.MaxDepth = $script:JsonDepth
    }
    $json = [System.Text.Json.JsonSerializer]::SerializeToUtf8Bytes($Message, [hashtable], $script:WriteOptions)
    $line = [byte[]]::new($json.Length + 1)
    $sent = 0
    try {
        [System.Array]::Copy($json, $line, $json.Length)
        $line[$json.Length] = 10
        if ($json.Length -gt $script:MaximumLine) {
            $sent = $line.Length
            $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'MessageTooLong' -Category LimitsExceeded -Target $Cmdlet.MyInvocation.MyCommand.Name `
                        -Message "What was passed is too long for the core of $($script:Module.Name): $($json.Length) bytes, where $($script:MaximumLine) are allowed." `
                        -Action 'Pass less at a time.'))
        }
        while ($sent -lt $line.Length) {
            $count = [System.Math]::Min($script:Chunk, $line.Length - $sent)
            $writing = $Core.Input.WriteAsync($line, $sent, $count)
            $waited = 0
            while (-not $writing.Wait($script:WaitSlice)) {
                $waited += $script:WaitSlice
                if ($Core.Timeout -gt 0 -and $waited -ge $Core.Timeout) { Stop-SilentCore $Cmdlet $Core 'it has not listened' }
            }
            $sent += $count
        }
    } catch [System.AggregateException], [System.IO.IOException], [System.ObjectDisposedException] {
        Undo-CaughtError $_
        Wait-CoreExit $Core
        Stop-BrokenCore $Cmdlet $Core 'it no longer listens'
    } finally {
        [System.Array]::Clear($json)
        [System.Array]::Clear($line)
        # Reached with a rest by Ctrl+C: a core that has a part of a line is of no more use.
        if ($sent -lt $line.Length -and $Core -eq $script:Core) { Stop-Core 'a call was stopped while it was handed over' 0 }
    }
}

# Waits for the next message of one request, and puts those of other requests into their inboxes. Gives a JsonDocument; who
# disposes of it gives its memory back for the next.
function Receive-CoreMessage {
    param($Cmdlet, $Core, [int] $Id)

    $inbox = $Core.Inboxes[$Id]
    $options = [System.Text.Json.JsonDocumentOptions]::new()
    $options.MaxDepth = $script:JsonDepth
    while ($inbox.Count -eq 0) {
        if ($null -ne $script:GraceClock -and $script:GraceClock.ElapsedMilliseconds -gt $script:Grace) { Stop-SilentCore $Cmdlet $Core 'it has not stopped' }
        $end = [array]::IndexOf[byte]($Core.Bytes, [byte] 10, $Core.Start, $Core.Length)
        if ($end -lt 0) {
            Read-CoreLine $Cmdlet $Core
            continue
        }
        $start = $Core.Start
        $count = $end - $start
        $Core.Length -= $count + 1
        $Core.Start = $end + 1
        $message = $null
        try {
            [void] $script:Utf8.GetCharCount($Core.Bytes, $start, $count) # the reader of JSON would find only later that it is no UTF-8
            # From a stream it is a copy, because the message is in use while a nested call reads on.
            $document = [System.Text.Json.JsonDocument]::Parse([System.IO.MemoryStream]::new($Core.Bytes, $start, $count), $options)
            $message = $document.RootElement
            $params = [System.Text.Json.JsonElement]::new()
            $owner = if ($message.TryGetProperty('params', [ref] $params)) { $params.GetProperty('invocation').GetInt32() }
            else { $message.GetProperty('id').GetInt32() }
        } catch [System.Management.Automation.MethodInvocationException] {
            Undo-CaughtError $_
            $refusal = if ($null -ne $message -and [int] $message.ValueKind -eq 1) { Get-JsonProperty $message 'error' }
            $reason = if ($null -ne $refusal) { "it could not read what it was sent: $($refusal.GetRawText())" } else { 'it said something that is not a message' }
            Stop-BrokenCore $Cmdlet $Core $reason
        }
        $queue = $null
        if ($Core.Inboxes.TryGetValue($owner, [ref] $queue)) { $queue.Enqueue($document) }
        elseif ($owner -gt $script:LastId -or $owner -lt 1) { Stop-BrokenCore $Cmdlet $Core "it answered request $owner, which was never made" }
    }
    $inbox.Dequeue()
}

# Reads on until there is a whole line, in slices. A core that is silent for long is asked whether it is there: a call
# may take its time, but its core answers.
function Read-CoreLine {
    param($Cmdlet, $Core)

    do {
        if ($null -ne $Core.Stopped) { Stop-BrokenCore $Cmdlet $Core $Core.Stopped }
        if ($null -eq $Core.Reading) {
            if ($Core.Start -gt 0) {
                $bytes = $Core.Bytes
                if ($bytes.Length -gt 4 * $script:Chunk -and $Core.Length -lt $script:Chunk) { $bytes = [byte[]]::new(2 * $script:Chunk) }
                [array]::Copy($Core.Bytes, $Core.Start, $bytes, 0, $Core.Length)
                $Core.Bytes = $bytes
                $Core.Start = 0
            }
            if ($Core.Length -ge $script:MaximumLine) { Stop-BrokenCore $Cmdlet $Core "it sent a line longer than $($script:MaximumLine) bytes" }
            if ($Core.Length -eq $Core.Bytes.Length) {
                $bytes = [byte[]]::new($Core.Length * 2)
                [array]::Copy($Core.Bytes, $bytes, $Core.Length)
                $Core.Bytes = $bytes
            }
            $Core.Reading = $Core.Output.ReadAsync($Core.Bytes, $Core.Length, $Core.Bytes.Length - $Core.Length)
        }
        $reading = $Core.Reading
        $waited = 0
        try {
            while (-not $reading.Wait($script:WaitSlice)) {
                $waited += $script:WaitSlice
                if ($Core.Timeout -gt 0 -and $waited -ge $Core.Timeout) { Stop-SilentCore $Cmdlet $Core 'it has not answered' }
                if ($Core.Timeout -gt 0 -and $waited -eq [System.Math]::Floor($Core.Timeout / 2)) {
                    $script:LastId++
                    Send-CoreMessage $Cmdlet $Core @{ id = $script:LastId; method = 'ping' }
                }
            }
        } catch [System.AggregateException] {
            Undo-CaughtError $_
            Stop-BrokenCore $Cmdlet $Core "what it said cannot be read ($($_.Exception.InnerException.Message))"
        }
        # A call that was made in the meantime, by the action of an event, has read this already.
        if (-not [object]::ReferenceEquals($reading, $Core.Reading)) { return }
        $Core.Reading = $null
        $count = $reading.Result
        if ($count -eq 0) {
            Wait-CoreExit $Core
            $code = if ($Core.Process.HasExited) { "exit code $($Core.Process.ExitCode)" } else { 'its output is closed' }
            Stop-BrokenCore $Cmdlet $Core "it ended before it answered ($code)"
        }
        $found = [array]::IndexOf[byte]($Core.Bytes, [byte] 10, $Core.Length, $count)
        $Core.Length += $count
    } while ($found -lt 0)
}

function Get-JsonProperty {
    param($Element, [string] $Name)

    $value = [System.Text.Json.JsonElement]::new()
    if ($Element.TryGetProperty($Name, [ref] $value)) { $value }
}

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
    $Cmdlet.WriteObject($objects, $true)
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
    param($BoundParameters)

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

    $params = @{ cmdlet = $Cmdlet.MyInvocation.MyCommand.Name; pipeline = $Pipeline.Id }
    Invoke-CoreCall $Cmdlet 'cmdlet/end' $params $Pipeline
}

# Tells the core that a pipeline is over: it has ended, failed, or was stopped.
function Close-CorePipeline {
    param($Cmdlet, $Pipeline)

    $core = $script:Core
    if ($null -eq $Pipeline -or $null -eq $core -or $Pipeline.Core -ne $core -or $core.Process.HasExited) { return }
    Send-CoreMessage $Cmdlet $core @{ method = 'cmdlet/close'; params = @{ pipeline = $Pipeline.Id } }
}

# Joins a core to a pipeline: the first message tells it the command line. The records before are lost with the core that
# had them, and so is the pipeline.
function Join-CorePipeline {
    param($Cmdlet, $Core, $Pipeline, [hashtable] $Params)

    if ($null -eq $Pipeline.Core) {
        $Params['commandLine'] = ConvertTo-WireParameter $Cmdlet $Pipeline.CommandLine
    } elseif ($Pipeline.Core -ne $Core) {
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'PipelineLost' -Category ResourceUnavailable -Target $Cmdlet.MyInvocation.MyCommand.Name `
                    -Message "The core of $($script:Module.Name) ended in the middle of a pipeline, and what it knew of the records before is gone." `
                    -Action 'Run the whole pipeline again.'))
    }
    $Pipeline.Core = $Core
}

# Error and progress records.

# Takes an error that was caught and dealt with out of $Error, where PowerShell puts each: it is not the user's.
function Undo-CaughtError {
    param($Caught)

    # The record there is a copy, but its exception is the same, or a method's around it.
    if ($global:Error.Count -eq 0) { return }
    $last = $global:Error[0].Exception
    if ($last -eq $Caught.Exception -or $last.InnerException -eq $Caught.Exception) { $global:Error.RemoveAt(0) }
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

# Puts a cmdlet's own parameters in wire form. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with. A
# null is handed over where the parameter's type has one, and is as good as not given elsewhere. $Known has those that the
# core knows already.
function ConvertTo-WireParameter {
    param($Cmdlet, $BoundParameters, $Known)

    $own = @{}
    # Where a parameter is called Keys, .Keys is its value.
    foreach ($name in $BoundParameters.psbase.Keys) {
        if ($null -ne $Known -and $Known.ContainsKey($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::CommonParameters.Contains($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name) -and (Test-ShouldProcess $Cmdlet)) { continue }
        $value = $BoundParameters[$name]
        if ($null -eq $value) {
            $type = $Cmdlet.MyInvocation.MyCommand.Parameters[$name].ParameterType
            if ($null -eq [System.Nullable]::GetUnderlyingType($type)) { continue }
        }
        $own[$name] = ConvertTo-WireValue $Cmdlet "-$name" $value ([System.Collections.Generic.List[object]]::new())
    }
    $own
}

# Whether a function has -WhatIf and -Confirm from PowerShell, and not of its own.
function Test-ShouldProcess {
    param($Cmdlet)

    foreach ($attribute in $Cmdlet.MyInvocation.MyCommand.ScriptBlock.Attributes) {
        if ($attribute -is [System.Management.Automation.CmdletBindingAttribute]) { return $attribute.SupportsShouldProcess }
    }
    $false
}

# Gives the wire form of a value. $Place is where it is, such as -Filter.names[2]; $Above has what it is inside of.
function ConvertTo-WireValue {
    param($Cmdlet, [string] $Place, $Value, $Above)

    $base = $Value
    if ($Value -is [psobject]) { $base = $Value.PSObject.BaseObject }
    if ($base -is [string]) { return Confirm-WireText $Cmdlet $Place $base }
    if ($null -eq $base -or $base -is [bool] -or $base -is [int]) { return $base }
    if ($base -is [switch]) { return $base.ToBool() }
    if ($base -is [enum]) { return $base.ToString() }
    if ($base -is [double] -or $base -is [float]) {
        if ([double]::IsFinite($base)) { return $base }
        Stop-WireValue $Cmdlet $Place 'A number that is not finite'
    }
    if ($base -is [byte] -or $base -is [sbyte] -or $base -is [int16] -or $base -is [uint16] -or $base -is [uint]) { return $base }
    if ($base -is [char]) { return Confirm-WireText $Cmdlet $Place ([string] $base) }
    if ($base -is [pscredential]) {
        return @{
            '$type'  = 'System.Management.Automation.PSCredential'
            userName = Confirm-WireText $Cmdlet $Place $base.UserName
            password = Confirm-WireText $Cmdlet $Place (ConvertFrom-Password $base.Password)
        }
    }
    $scalar = ConvertTo-WireScalar $base
    if ($null -ne $scalar) {
        $scalar.value = Confirm-WireText $Cmdlet $Place $scalar.value
        return $scalar
    }
    # All custom objects have the same base object: what tells them apart is the wrapping.
    $identity = $base
    if ($base -is [System.Management.Automation.PSCustomObject]) { $identity = $Value }
    foreach ($outer in $Above) {
        if ([object]::ReferenceEquals($outer, $identity)) { Stop-WireValue $Cmdlet $Place 'A value that holds itself' }
    }
    if ($Above.Count -ge $script:MaximumDepth) { Stop-WireValue $Cmdlet $Place "What is nested deeper than $($script:MaximumDepth) levels" }
    $Above.Add($identity)
    $form = ConvertTo-WireContainer $Cmdlet $Place $Value $base $Above
    $Above.RemoveAt($Above.Count - 1)
    if ($null -eq $form) { Stop-WireValue $Cmdlet $Place "A value of type $($base.GetType().FullName)" }
    , $form
}

# Gives the wire form of what crosses as a text beside its type; nothing for a value of any other type.
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

# Gives the wire form of a list, a dictionary or an object with properties; nothing for any other value.
function ConvertTo-WireContainer {
    param($Cmdlet, [string] $Place, $Value, $Base, $Above)

    if ($Base -is [System.Collections.IDictionary]) {
        $entries = [ordered] @{}
        foreach ($entry in $Base.GetEnumerator()) {
            $name = Confirm-WireText $Cmdlet $Place ([string] $entry.Key)
            if ($entries.Contains($name)) { Stop-WireValue $Cmdlet "$Place.$name" 'One of two keys that differ in case alone' }
            $entries[$name] = ConvertTo-WireValue $Cmdlet "$Place.$name" $entry.Value $Above
        }
        return @{ '$type' = 'System.Collections.Hashtable'; entries = $entries }
    }
    $type = $Base.GetType()
    $collection = $type.GetInterface('System.Collections.Generic.ICollection`1')
    if (($Base -is [System.Collections.ICollection] -or $null -ne $collection) -and -not ($type.IsArray -and $type.GetArrayRank() -gt 1)) {
        $element = if ($null -ne $collection) { $collection.GenericTypeArguments[0] } else { [object] }
        $hasNull = $element -in [object], [psobject] -or $null -ne [System.Nullable]::GetUnderlyingType($element)
        $items = [System.Collections.Generic.List[object]]::new()
        foreach ($item in $Base) {
            $at = "$Place[$($items.Count)]"
            if ($null -eq $item -and -not $hasNull) { Stop-WireValue $Cmdlet $at "A null among values of type $($element.FullName)" }
            $items.Add((ConvertTo-WireValue $Cmdlet $at $item $Above))
        }
        return , $items.ToArray()
    }
    if ($Base -is [System.Management.Automation.ErrorRecord]) { return ConvertTo-WireErrorRecord $Cmdlet $Place $Base }
    # Classes of .NET hold handles, code and each other. Those of a script or of another module are made of properties.
    if ($Base -isnot [System.Management.Automation.PSCustomObject] -and $type.FullName -match '^(System|Microsoft\.(PowerShell|Management|Win32))\.') { return }
    $properties = [ordered] @{}
    foreach ($property in $Value.PSObject.Properties) {
        $name = Confirm-WireText $Cmdlet $Place $property.Name
        $properties[$name] = ConvertTo-WireValue $Cmdlet "$Place.$name" $property.Value $Above
    }
    @{
        '$type'     = 'PSObject'
        '$typeName' = Confirm-WireText $Cmdlet $Place ($Value.PSObject.TypeNames[0] -replace '^Deserialized\.')
        properties  = $properties
    }
}

function ConvertTo-WireErrorRecord {
    param($Cmdlet, [string] $Place, $Record)

    $properties = [ordered] @{
        FullyQualifiedErrorId = $Record.FullyQualifiedErrorId
        Category              = $Record.CategoryInfo.Category.ToString()
        Message               = "$Record"
        TargetObject          = "$($Record.TargetObject)"
        ExceptionType         = $Record.Exception.GetType().FullName
        ScriptStackTrace      = "$($Record.ScriptStackTrace)"
    }
    foreach ($name in @($properties.Keys)) { $properties[$name] = Confirm-WireText $Cmdlet "$Place.$name" $properties[$name] }
    @{ '$type' = 'PSObject'; '$typeName' = 'System.Management.Automation.ErrorRecord'; properties = $properties }
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

# Gives a text that can be sent as it is; JSON has no halves of surrogate pairs, and would carry something else for them.
function Confirm-WireText {
    param($Cmdlet, [string] $Place, [string] $Text)

    try { [void] $script:Utf8.GetByteCount($Text) } catch [System.Text.EncoderFallbackException] {
        Undo-CaughtError $_
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'TextNotUnicode' -Category InvalidData -Target $Place `
                    -Message "The text for $Place is not Unicode: it holds half of a surrogate pair." `
                    -Action 'Pass the whole character, or leave it out.'))
    }
    $Text
}
