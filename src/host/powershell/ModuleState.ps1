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
