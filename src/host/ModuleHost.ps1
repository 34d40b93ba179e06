# The PowerShell side of a module whose cmdlets run in a TypeScript core: starts the core at the first call, speaks
# newline-delimited JSON-RPC 2.0 with it (messages.ts has the messages), and turns what it says into streams, prompts
# and error records of the calling cmdlet. Every module gets this file as it is. It uses engine types and .NET alone,
# so it loads nothing else, and it waits in slices, because a blocking .NET call cannot be stopped by Ctrl+C.

Set-StrictMode -Version 3.0

$script:Module = $ExecutionContext.SessionState.Module
$script:Core = $null
$script:LastId = 0
$script:ProtocolVersion = 1
$script:MinimumNodeVersion = [version] '22.12'
$script:WaitSlice = 100 # milliseconds between two looks for Ctrl+C
$script:Utf8 = [System.Text.UTF8Encoding]::new($false, $true)

# The functions of the module's own PowerShell that the core may call. A generated module with any sets it.
$script:HostFunctions = @()

$script:Module.OnRemove = { Stop-Core }

# Runs one call of a cmdlet in the core. $Cmdlet is the function's $PSCmdlet, $BoundParameters its $PSBoundParameters.
function Invoke-CoreCmdlet {
    param($Cmdlet, $BoundParameters)

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
    $id = Open-CoreInbox $core
    $answered = $false
    try {
        Send-CoreMessage $Cmdlet $core @{
            id     = $id
            method = 'cmdlet/invoke'
            params = @{
                cmdlet           = $Cmdlet.MyInvocation.MyCommand.Name
                parameterSetName = $Cmdlet.ParameterSetName
                parameters       = ConvertTo-WireParameter $Cmdlet $BoundParameters
            }
        }
        while (-not $answered) {
            $message = Receive-CoreMessage $Cmdlet $core $id
            $method = [System.Text.Json.JsonElement]::new()
            $answered = -not $message.TryGetProperty('method', [ref] $method)
            if ($answered) { Complete-CoreCall $Cmdlet $message } else { Invoke-CoreRequest $Cmdlet $core $method.GetString() $message }
        }
    } finally {
        [void] $core.Inboxes.Remove($id)
        # Reached unanswered by Ctrl+C, by a downstream command that has enough, or by a fault of the core.
        if (-not $answered -and $core -eq $script:Core) {
            Send-CoreMessage $Cmdlet $core @{ method = '$/cancelRequest'; params = @{ id = $id } }
        }
    }
}

# Does what the core asks or tells in the middle of a call.
function Invoke-CoreRequest {
    param($Cmdlet, $Core, [string] $Method, $Message)

    $params = $Message.GetProperty('params')
    try {
        switch ($Method) {
            'stream/output' { $Cmdlet.WriteObject((ConvertFrom-WireValue $params.GetProperty('value')), $false) }
            'stream/error' { $Cmdlet.WriteError((ConvertTo-ErrorRecord $params.GetProperty('error'))) }
            'stream/warning' {
                $Cmdlet.WriteWarning($params.GetProperty('message').GetString())
                if ($null -ne (Get-JsonProperty $params 'mustBeSeen')) { Show-SilencedWarning $Cmdlet $params.GetProperty('message').GetString() }
            }
            'stream/verbose' { $Cmdlet.WriteVerbose($params.GetProperty('message').GetString()) }
            'stream/debug' { $Cmdlet.WriteDebug($params.GetProperty('message').GetString()) }
            'stream/information' {
                $tags = [string[]] (ConvertFrom-WireValue $params.GetProperty('tags'))
                $Cmdlet.WriteInformation($params.GetProperty('message').GetString(), $tags)
            }
            'stream/progress' { $Cmdlet.WriteProgress((ConvertTo-ProgressRecord $params)) }
            'host/shouldProcess' {
                $answer = $Cmdlet.ShouldProcess($params.GetProperty('target').GetString(), $params.GetProperty('action').GetString())
                Send-CoreMessage $Cmdlet $Core @{ id = $Message.GetProperty('id').GetInt32(); result = $answer }
            }
            'host/shouldContinue' {
                $answer = $Cmdlet.ShouldContinue($params.GetProperty('query').GetString(), $params.GetProperty('caption').GetString())
                Send-CoreMessage $Cmdlet $Core @{ id = $Message.GetProperty('id').GetInt32(); result = $answer }
            }
            'host/call' {
                $answer = Invoke-HostFunction $params.GetProperty('function').GetString() $params.GetProperty('arguments')
                $answer['id'] = $Message.GetProperty('id').GetInt32()
                Send-CoreMessage $Cmdlet $Core $answer
            }
            default { Stop-BrokenCore $Cmdlet $Core "it asked for '$_', which this version of the module does not know" }
        }
    } catch [System.Management.Automation.MethodInvocationException] {
        # Such as a question that a shell without a user cannot ask: in a script the next statement would run.
        $cause = $_.Exception.InnerException
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

# --- The core process ---

# Gives the running core, or starts one: with the first Node.js that is new enough, of those that Find-Node names.
function Connect-Core {
    param($Cmdlet)

    if ($null -ne $script:Core) {
        if (-not $script:Core.Process.HasExited) { return $script:Core }
        Stop-Core
    }
    $path = [System.IO.Path]::Combine($script:Module.ModuleBase, 'core', 'core.mjs')
    if (-not [System.IO.File]::Exists($path)) {
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'CoreMissing' -Category ObjectNotFound -Target $path `
                    -Message "The core of $($script:Module.Name) is missing: there is no file $path." `
                    -Action 'Install the module again; in a clone of its repository, run npm run build.'))
    }
    $refused = [System.Collections.Generic.List[string]]::new()
    foreach ($node in Find-Node) {
        $core = Start-Core $node $path
        if ($core -is [string]) { $refused.Add($core); continue }
        $script:Core = $core
        $version = Initialize-Core $Cmdlet $core
        if ($version -ge $script:MinimumNodeVersion) {
            $Cmdlet.WriteDebug("Started the core of $($script:Module.Name) with Node.js $version from $node.")
            return $core
        }
        $refused.Add("$node is version $version")
        Stop-Core
    }
    $found = if ($refused.Count -gt 0) { "none is usable: $($refused -join '; ')" } else { 'there is none on the PATH' }
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'NodeNotFound' -Category NotInstalled -Target 'node' `
                -Message "$($script:Module.Name) needs Node.js $($script:MinimumNodeVersion) or later, and $found." `
                -Action "Install a current Node.js, or set the environment variable $(Get-NodeSetting) to the full path of its executable."))
}

# Starts one Node.js with the core's file. Gives the core, or a text that says why this Node.js cannot be started.
function Start-Core {
    param([string] $Node, [string] $Path)

    $start = [System.Diagnostics.ProcessStartInfo]::new($Node)
    $start.ArgumentList.Add($Path)
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.WorkingDirectory = $script:Module.ModuleBase
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $script:Utf8
    # Variables that make Node.js load other code, print secrets or skip certificate checks are not for the core.
    foreach ($name in @($start.Environment.Keys)) {
        if ($name -match '^(NODE_(?!EXTRA_CA_CERTS$|USE_SYSTEM_CA$)|OPENSSL_(CONF|MODULES|ENGINES)$)') {
            [void] $start.Environment.Remove($name)
        }
    }
    try { $process = [System.Diagnostics.Process]::Start($start) }
    catch [System.ComponentModel.Win32Exception] { return "$Node cannot be started ($($_.Exception.Message))" }

    $core = [pscustomobject] @{
        Process  = $process
        Node     = $Node
        Input    = $process.StandardInput.BaseStream
        Output   = $process.StandardOutput
        Errors   = $process.StandardError.ReadToEndAsync()
        Reading  = $null
        Inboxes  = [System.Collections.Generic.Dictionary[int, object]]::new()
        Runspace = [runspace]::DefaultRunspace
        OnClose  = $null
    }
    # A runspace that closes runs no script any more, so a compiled delegate ends its core: it closes the core's input.
    $parameters = [System.Linq.Expressions.ParameterExpression[]] @(
        [System.Linq.Expressions.Expression]::Parameter([object])
        [System.Linq.Expressions.Expression]::Parameter([System.Management.Automation.Runspaces.RunspaceStateEventArgs])
    )
    $close = [System.Linq.Expressions.Expression]::Call(
        [System.Linq.Expressions.Expression]::Constant($core.Input, [System.IO.Stream]),
        [System.IO.Stream].GetMethod('Dispose', [type[]] @()))
    $core.OnClose = [System.Linq.Expressions.Expression]::Lambda(
        [System.EventHandler[System.Management.Automation.Runspaces.RunspaceStateEventArgs]], $close, $parameters
    ).Compile($true)
    $core.Runspace.add_StateChanged($core.OnClose)
    $core
}

# Greets a new core. Gives the version of the Node.js it runs on; 0.0 when it ended instead, as a very old one does.
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
        $answer = Receive-CoreMessage $Cmdlet $Core $id
    } finally {
        [void] $Core.Inboxes.Remove($id)
    }
    $result = Get-JsonProperty $answer 'result'
    $protocol = if ($null -ne $result) { $result.GetProperty('protocolVersion').GetInt32() }
    if ($protocol -ne $script:ProtocolVersion) {
        Stop-BrokenCore $Cmdlet $Core "it speaks version '$protocol' of the protocol and the module version $($script:ProtocolVersion)"
    }
    [version] $result.GetProperty('nodeVersion').GetString()
}

# Names the Node.js executables to try, best first: one beside the module, the setting, then the PATH's. Relative
# folders of the PATH are passed over, so that nothing in the current directory is ever run.
function Find-Node {
    $name = if ($IsWindows) { 'node.exe' } else { 'node' }
    $setting = [System.Environment]::GetEnvironmentVariable((Get-NodeSetting))
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

# The environment variable that names a Node.js for this module, such as SECTOOLS_NODE for SecTools.
function Get-NodeSetting {
    ($script:Module.Name.ToUpperInvariant() -replace '[^A-Z0-9]', '_') + '_NODE'
}

# Ends the core, if there is one: closing its input asks it to, and one that does not listen is killed.
function Stop-Core {
    $core = $script:Core
    $script:Core = $null
    if ($null -eq $core) { return }
    $core.Runspace.remove_StateChanged($core.OnClose)
    try { $core.Input.Dispose() } catch [System.IO.IOException] { $null = $_ <# it has ended already #> }
    if (-not $core.Process.WaitForExit(2000)) { $core.Process.Kill($true) }
    $core.Process.Dispose()
}

# Ends a core that ended by itself or broke the protocol, and the call with it.
function Stop-BrokenCore {
    param($Cmdlet, $Core, [string] $Reason)

    $ended = $Core.Process.HasExited
    $details = if ($ended -and $Core.Errors.Wait(1000)) { $Core.Errors.Result.Trim() } else { '' }
    if ($Core -eq $script:Core) { Stop-Core }
    $record = New-ErrorRecord -Id $(if ($ended) { 'CoreEnded' } else { 'CoreProtocolFault' }) `
        -Category $(if ($ended) { 'ResourceUnavailable' } else { 'ProtocolError' }) -Target $Core.Node `
        -Message "The call was not completed, because the core of $($script:Module.Name) failed: $Reason." `
        -Action 'Call the cmdlet again: that starts a new core. If it happens again, report it.'
    # What the runtime printed is for the report, not for the screen.
    if ($details) { $record.Exception.Data['StandardError'] = $details }
    $Cmdlet.ThrowTerminatingError($record)
}

# --- Messages ---

# Opens the queue of one request; nested calls each have their own, and what is nobody's any more is dropped.
function Open-CoreInbox {
    param($Core)

    $script:LastId++
    $Core.Inboxes[$script:LastId] = [System.Collections.Generic.Queue[object]]::new()
    $script:LastId
}

# Writes one message as a line. The bytes may hold a password, so they do not outlive the call.
function Send-CoreMessage {
    param($Cmdlet, $Core, [hashtable] $Message)

    $Message['jsonrpc'] = '2.0'
    $bytes = [System.Text.Json.JsonSerializer]::SerializeToUtf8Bytes($Message, [hashtable])
    try {
        $Core.Input.Write($bytes, 0, $bytes.Length)
        $Core.Input.WriteByte(10)
        $Core.Input.Flush()
    } catch [System.IO.IOException], [System.ObjectDisposedException] {
        Wait-CoreExit $Core
        Stop-BrokenCore $Cmdlet $Core 'it no longer listens'
    } finally {
        [System.Array]::Clear($bytes)
    }
}

# Waits for the next message of one request, in slices, and puts those of other requests into their inboxes.
function Receive-CoreMessage {
    param($Cmdlet, $Core, [int] $Id)

    $inbox = $Core.Inboxes[$Id]
    while ($inbox.Count -eq 0) {
        if ($null -eq $Core.Reading) { $Core.Reading = $Core.Output.ReadLineAsync() }
        $reading = $Core.Reading
        try {
            while (-not $reading.Wait($script:WaitSlice)) { <# a look for Ctrl+C #> }
        } catch [System.AggregateException] {
            Stop-BrokenCore $Cmdlet $Core "what it said cannot be read ($($_.Exception.InnerException.Message))"
        }
        $Core.Reading = $null
        $line = $reading.Result
        if ($null -eq $line) {
            Wait-CoreExit $Core
            $code = if ($Core.Process.HasExited) { "exit code $($Core.Process.ExitCode)" } else { 'its output is closed' }
            Stop-BrokenCore $Cmdlet $Core "it ended before it answered ($code)"
        }
        try {
            $message = [System.Text.Json.JsonDocument]::Parse($line).RootElement
            $params = [System.Text.Json.JsonElement]::new()
            $owner = if ($message.TryGetProperty('params', [ref] $params)) { $params.GetProperty('invocation').GetInt32() }
            else { $message.GetProperty('id').GetInt32() }
        } catch [System.Management.Automation.MethodInvocationException] {
            Stop-BrokenCore $Cmdlet $Core 'it said something that is not a message'
        }
        $queue = $null
        if ($Core.Inboxes.TryGetValue($owner, [ref] $queue)) { $queue.Enqueue($message) }
    }
    $inbox.Dequeue()
}

# Gives a core whose pipes are closed the moment it needs to be seen as ended, with its exit code.
function Wait-CoreExit {
    param($Core)

    [void] $Core.Process.WaitForExit(1000)
}

# Puts a cmdlet's own parameters in wire form. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with.
function ConvertTo-WireParameter {
    param($Cmdlet, $BoundParameters)

    $own = @{}
    foreach ($name in $BoundParameters.Keys) {
        if (-not [System.Management.Automation.Cmdlet]::CommonParameters.Contains($name) -and
            -not [System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name)) {
            $own[$name] = ConvertTo-WireValue $Cmdlet $BoundParameters[$name]
        }
    }
    $own
}

# --- Values (values.ts has the other side) ---

function ConvertTo-WireValue {
    param($Cmdlet, $Value)

    if ($Value -is [psobject]) { $Value = $Value.PSObject.BaseObject }
    if ($null -eq $Value -or $Value -is [string] -or $Value -is [bool] -or $Value -is [int] -or $Value -is [double]) { return $Value }
    if ($Value -is [switch]) { return $Value.ToBool() }
    if ($Value -is [enum]) { return $Value.ToString() }
    if ($Value -is [pscredential]) {
        return @{
            '$type'  = 'System.Management.Automation.PSCredential'
            userName = [string] $Value.UserName
            password = [System.Net.NetworkCredential]::new('', $Value.Password).Password
        }
    }
    if ($Value -is [System.Collections.IList]) {
        $items = [object[]]::new($Value.Count)
        for ($i = 0; $i -lt $items.Length; $i++) { $items[$i] = ConvertTo-WireValue $Cmdlet $Value[$i] }
        return , $items
    }
    $type = $Value.GetType().FullName
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueCannotCross' -Category InvalidType -Target $type `
                -Message "A value of type $type cannot be handed to the core of $($script:Module.Name)." `
                -Action 'Pass a string, a number, a Boolean value, a credential, or a list of these.'))
}

# Numbers are those of System.Text.Json.JsonValueKind: 1 Object, 2 Array, 3 String, 4 Number, 5 True, 6 False, 7 Null.
function ConvertFrom-WireValue {
    param($Element)

    $kind = [int] $Element.ValueKind
    if ($kind -eq 3) { return $Element.GetString() }
    if ($kind -eq 4) { return ConvertFrom-WireNumber $Element }
    if ($kind -ge 5) { if ($kind -lt 7) { return $kind -eq 5 } else { return $null } }
    if ($kind -eq 2) {
        $items = [object[]]::new($Element.GetArrayLength())
        for ($i = 0; $i -lt $items.Length; $i++) { $items[$i] = ConvertFrom-WireValue $Element[$i] }
        return , $items
    }
    $type = Get-JsonProperty $Element '$type'
    if ($null -eq $type) { return [pscustomobject] (ConvertFrom-WireObject $Element) }
    switch ($type.GetString()) {
        'System.Collections.Hashtable' { return [hashtable] (ConvertFrom-WireObject $Element.GetProperty('entries')) }
        'PSObject' {
            return [pscustomobject] (ConvertFrom-WireObject $Element.GetProperty('properties') $Element.GetProperty('$typeName').GetString())
        }
    }
    throw "The wire form has no type '$($type.GetString())'."
}

# Gives an object's properties in order; the common kinds are read in place, because a call for each costs more than all
# the rest. A type name becomes the one that [pscustomobject] gives its object.
function ConvertFrom-WireObject {
    param($Element, [string] $TypeName)

    $table = [System.Collections.Specialized.OrderedDictionary]::new()
    if ($TypeName) { $table['PSTypeName'] = $TypeName }
    foreach ($property in $Element.EnumerateObject()) {
        $value = $property.Value
        $kind = [int] $value.ValueKind
        if ($kind -eq 3) { $table[$property.Name] = $value.GetString() }
        elseif ($kind -eq 5) { $table[$property.Name] = $true }
        elseif ($kind -eq 6) { $table[$property.Name] = $false }
        else { $table[$property.Name] = ConvertFrom-WireValue $value }
    }
    , $table
}

function ConvertFrom-WireNumber {
    param($Element)

    $number = 0
    if ($Element.TryGetInt32([ref] $number)) { return $number }
    $number = 0L
    if ($Element.TryGetInt64([ref] $number)) { return $number }
    $Element.GetDouble()
}

function Get-JsonProperty {
    param($Element, [string] $Name)

    $value = [System.Text.Json.JsonElement]::new()
    if ($Element.TryGetProperty($Name, [ref] $value)) { $value }
}

# --- Records ---

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
