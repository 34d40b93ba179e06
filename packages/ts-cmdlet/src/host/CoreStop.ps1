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
