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
