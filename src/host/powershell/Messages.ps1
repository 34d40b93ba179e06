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
