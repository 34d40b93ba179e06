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
