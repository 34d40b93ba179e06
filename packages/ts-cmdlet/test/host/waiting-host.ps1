# A host whose user has not answered yet: what is asked waits until the pipeline is stopped, and Asked tells that it was.
# A class would be called in the runspace that defines it, which is not the one that asks.

[NoRunspaceAffinity()]
class WaitingUI : System.Management.Automation.Host.PSHostUserInterface {
    [System.Threading.ManualResetEventSlim] $Asked = [System.Threading.ManualResetEventSlim]::new()

    [int] PromptForChoice([string] $caption, [string] $message, [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.ChoiceDescription]] $choices, [int] $defaultChoice) {
        $this.Asked.Set()
        while ($true) { [System.Threading.Thread]::Sleep(10) }
        return $defaultChoice
    }

    [System.Management.Automation.Host.PSHostRawUserInterface] get_RawUI() { return $null }
    [System.Collections.Generic.Dictionary[string, psobject]] Prompt([string] $caption, [string] $message, [System.Collections.ObjectModel.Collection[System.Management.Automation.Host.FieldDescription]] $descriptions) { throw [System.NotImplementedException]::new() }
    [pscredential] PromptForCredential([string] $caption, [string] $message, [string] $userName, [string] $targetName) { throw [System.NotImplementedException]::new() }
    [pscredential] PromptForCredential([string] $caption, [string] $message, [string] $userName, [string] $targetName, [System.Management.Automation.PSCredentialTypes] $types, [System.Management.Automation.PSCredentialUIOptions] $options) { throw [System.NotImplementedException]::new() }
    [string] ReadLine() { throw [System.NotImplementedException]::new() }
    [securestring] ReadLineAsSecureString() { throw [System.NotImplementedException]::new() }
    [void] Write([string] $value) { }
    [void] Write([System.ConsoleColor] $foreground, [System.ConsoleColor] $background, [string] $value) { }
    [void] WriteLine([string] $value) { }
    [void] WriteErrorLine([string] $value) { }
    [void] WriteDebugLine([string] $message) { }
    [void] WriteVerboseLine([string] $message) { }
    [void] WriteWarningLine([string] $message) { }
    [void] WriteProgress([long] $sourceId, [System.Management.Automation.ProgressRecord] $record) { }
}

[NoRunspaceAffinity()]
class WaitingHost : System.Management.Automation.Host.PSHost {
    [WaitingUI] $WaitingUI = [WaitingUI]::new()
    [guid] $Id = [guid]::NewGuid()

    [string] get_Name() { return 'WaitingHost' }
    [version] get_Version() { return [version] '1.0' }
    [guid] get_InstanceId() { return $this.Id }
    [cultureinfo] get_CurrentCulture() { return [cultureinfo]::InvariantCulture }
    [cultureinfo] get_CurrentUICulture() { return [cultureinfo]::InvariantCulture }
    [System.Management.Automation.Host.PSHostUserInterface] get_UI() { return $this.WaitingUI }
    [void] SetShouldExit([int] $exitCode) { }
    [void] EnterNestedPrompt() { }
    [void] ExitNestedPrompt() { }
    [void] NotifyBeginApplication() { }
    [void] NotifyEndApplication() { }
}

# Runs $Script in a runspace with such a host until it asks something, stops it there as Ctrl+C does, and runs $Next. Gives
# how the first one ended, how many errors it left, and what the second one gave.
function Stop-WhileAsked {
    param([string] $Before, [string] $Script, [string] $Next)

    $asking = [WaitingHost]::new()
    $runspace = [runspacefactory]::CreateRunspace($asking, [initialsessionstate]::CreateDefault2())
    $runspace.Open()
    try {
        [void] [powershell]::Create($runspace).AddScript($Before).Invoke()
        $session = [powershell]::Create($runspace).AddScript($Script)
        $running = $session.BeginInvoke()
        if (-not $asking.WaitingUI.Asked.Wait(20000)) { throw "Nothing was asked: $($session.InvocationStateInfo.Reason) $($session.Streams.Error)" }
        $stopping = $session.BeginStop($null, $null)
        if (-not $stopping.AsyncWaitHandle.WaitOne(20000)) { throw 'It did not stop.' }
        $output = @(try { $session.EndInvoke($running) } catch { 'stopped' })
        $following = [powershell]::Create($runspace).AddScript($Next)
        @{
            state  = "$($session.InvocationStateInfo.State)"
            output = $output
            errors = $session.Streams.Error.Count
            next   = @($following.Invoke())
            faults = @($following.Streams.Error; $following.Streams.Warning)
        }
    } finally { $runspace.Dispose() }
}
