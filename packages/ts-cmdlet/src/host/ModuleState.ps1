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
