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
                parameters       = Select-OwnParameter $BoundParameters
            }
        }
        while (-not $answered) {
            $message = Receive-CoreMessage $Cmdlet $core $id
            $answered = $null -eq (Get-JsonProperty $message 'method')
            if ($answered) { Complete-CoreCall $Cmdlet $message } else { Invoke-CoreRequest $Cmdlet $core $message }
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
    param($Cmdlet, $Core, $Message)

    $params = $Message.GetProperty('params')
    switch ($Message.GetProperty('method').GetString()) {
        'stream/output' { $Cmdlet.WriteObject((ConvertFrom-WireValue $params.GetProperty('value')), $false) }
        'stream/error' { $Cmdlet.WriteError((ConvertTo-ErrorRecord $params.GetProperty('error'))) }
        'stream/warning' { $Cmdlet.WriteWarning($params.GetProperty('message').GetString()) }
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
        default { Stop-BrokenCore $Cmdlet $Core "it asked for '$_', which this version of the module does not know" }
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

# Writes one message as a line. Values may be what ConvertTo-Wire takes.
function Send-CoreMessage {
    param($Cmdlet, $Core, [hashtable] $Message)

    $Message['jsonrpc'] = '2.0'
    $buffer = [System.IO.MemoryStream]::new()
    $writer = [System.Text.Json.Utf8JsonWriter]::new($buffer)
    try {
        Write-WireValue $Cmdlet $writer $Message
        $writer.Flush()
        $buffer.WriteByte(10)
        $Core.Input.Write($buffer.GetBuffer(), 0, [int] $buffer.Length)
        $Core.Input.Flush()
    } catch [System.IO.IOException], [System.ObjectDisposedException] {
        Wait-CoreExit $Core
        Stop-BrokenCore $Cmdlet $Core 'it no longer listens'
    } finally {
        [System.Array]::Clear($buffer.GetBuffer())
        $writer.Dispose()
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
            $params = Get-JsonProperty $message 'params'
            $owner = if ($null -ne $params) { $params.GetProperty('invocation').GetInt32() } else { $message.GetProperty('id').GetInt32() }
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

# Leaves out what every cmdlet has (-Verbose, -WhatIf, …): PowerShell has dealt with it.
function Select-OwnParameter {
    param($BoundParameters)

    $own = @{}
    foreach ($name in $BoundParameters.Keys) {
        if (-not [System.Management.Automation.Cmdlet]::CommonParameters.Contains($name) -and
            -not [System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name)) {
            $own[$name] = $BoundParameters[$name]
        }
    }
    $own
}

# --- Values (values.ts has the other side) ---

function Write-WireValue {
    param($Cmdlet, $Writer, $Value)

    if ($Value -is [psobject]) { $Value = $Value.PSObject.BaseObject }
    if ($null -eq $Value) { $Writer.WriteNullValue() }
    elseif ($Value -is [string]) { $Writer.WriteStringValue($Value) }
    elseif ($Value -is [bool]) { $Writer.WriteBooleanValue($Value) }
    elseif ($Value -is [switch]) { $Writer.WriteBooleanValue($Value.ToBool()) }
    elseif ($Value -is [enum]) { $Writer.WriteStringValue($Value.ToString()) }
    elseif ($Value -is [int] -or $Value -is [long] -or $Value -is [double]) { $Writer.WriteNumberValue($Value) }
    elseif ($Value -is [pscredential]) {
        $Writer.WriteStartObject()
        $Writer.WriteString('$type', 'System.Management.Automation.PSCredential')
        $Writer.WriteString('userName', [string] $Value.UserName)
        $Writer.WriteString('password', [System.Net.NetworkCredential]::new('', $Value.Password).Password)
        $Writer.WriteEndObject()
    } elseif ($Value -is [hashtable]) {
        $Writer.WriteStartObject()
        foreach ($key in $Value.Keys) {
            $Writer.WritePropertyName([string] $key)
            Write-WireValue $Cmdlet $Writer $Value[$key]
        }
        $Writer.WriteEndObject()
    } elseif ($Value -is [System.Collections.IList]) {
        $Writer.WriteStartArray()
        foreach ($item in $Value) { Write-WireValue $Cmdlet $Writer $item }
        $Writer.WriteEndArray()
    } else {
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueCannotCross' -Category InvalidType -Target $Value.GetType().FullName `
                    -Message "A value of type $($Value.GetType().FullName) cannot be handed to the core of $($script:Module.Name)." `
                    -Action 'Pass a string, a number, a Boolean value, a credential, or a list of these.'))
    }
}

function ConvertFrom-WireValue {
    param($Element)

    switch ($Element.ValueKind) {
        'String' { return $Element.GetString() }
        'True' { return $true }
        'False' { return $false }
        'Null' { return $null }
        'Number' {
            $number = 0
            if ($Element.TryGetInt32([ref] $number)) { return $number }
            $number = 0L
            if ($Element.TryGetInt64([ref] $number)) { return $number }
            return $Element.GetDouble()
        }
        'Array' {
            $items = [object[]]::new($Element.GetArrayLength())
            for ($i = 0; $i -lt $items.Length; $i++) { $items[$i] = ConvertFrom-WireValue $Element[$i] }
            return , $items
        }
    }
    $type = Get-JsonProperty $Element '$type'
    switch ($(if ($null -ne $type) { $type.GetString() })) {
        'System.Collections.Hashtable' {
            $table = @{}
            foreach ($entry in $Element.GetProperty('entries').EnumerateObject()) {
                $table[$entry.Name] = ConvertFrom-WireValue $entry.Value
            }
            return $table
        }
        'PSObject' {
            $object = ConvertTo-PSObject $Element.GetProperty('properties')
            $object.PSObject.TypeNames.Insert(0, $Element.GetProperty('$typeName').GetString())
            return $object
        }
    }
    ConvertTo-PSObject $Element
}

function ConvertTo-PSObject {
    param($Element)

    $object = [psobject]::new()
    foreach ($property in $Element.EnumerateObject()) {
        $object.PSObject.Properties.Add([psnoteproperty]::new($property.Name, (ConvertFrom-WireValue $property.Value)))
    }
    $object
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
