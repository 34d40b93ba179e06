# Calls the cmdlets while everything is on that PowerShell and its users have to look at calls with: module logging (by the
# settings that this process was started with), traces of all categories, and aliases for each command of the module's scripts.
# Gives what the aliases were given, and a line for each call that failed.
param([string] $Manifest, [string] $SecretsFile, [string] $LogFile, [string] $TraceFile)

# No command has a secret as its argument: it would be logged, and rightly so.
$secrets = [System.Text.Json.JsonDocument]::Parse([System.IO.File]::ReadAllText($SecretsFile)).RootElement
[System.IO.File]::Delete($SecretsFile)
$application = $secrets.GetProperty('clientId').GetString()
$tenant = $secrets.GetProperty('tenant').GetString()
$thumbprint = $secrets.GetProperty('thumbprint').GetString()
$password = [System.Net.NetworkCredential]::new('', $secrets.GetProperty('secret').GetString()).SecurePassword
$credential = [pscredential]::new($application, $password)
$scope = 'https://graph.microsoft.com/.default'

$listener = [System.Net.Sockets.Socket]::new('Unix', 'Dgram', 'Unspecified')
# Another test may have the log now.
while ([System.IO.File]::Exists('/dev/log')) { Start-Sleep -Milliseconds 100 }
$listener.Bind([System.Net.Sockets.UnixDomainSocketEndPoint]::new('/dev/log'))
$listener.ReceiveTimeout = 500
$state = [hashtable]::Synchronized(@{ Ended = $false })
# Who logs waits until the log is read.
$reading = Start-ThreadJob {
    $bytes = [byte[]]::new(262144)
    $file = [System.IO.File]::Create($using:LogFile)
    $from = $using:listener
    $shared = $using:state
    while ($true) {
        try { $file.Write($bytes, 0, $from.Receive($bytes)) } catch { if ($shared.Ended) { break } }
    }
    $file.Dispose()
}
try {
    Import-Module $Manifest
    $folder = (Get-Module SecMgmt).ModuleBase
    $names = foreach ($file in @("$folder/SecMgmt.psm1") + @([System.IO.Directory]::GetFiles("$folder/powershell"))) {
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
        foreach ($found in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) { $found.GetCommandName() }
        foreach ($found in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true)) { $found.Name }
    }
    $names = @($names | Where-Object { $_ -and $_ -notlike '*-SecMgmt*' } | Sort-Object -Unique)
    $calls = @(
        { Connect-SecMgmtAccount -ServicePrincipal -Credential $credential -Tenant $tenant }
        { Get-SecMgmtContext -Refresh }
        { Invoke-SecMgmtRequest /things }
        { Connect-SecMgmtAccount -ServicePrincipal -ApplicationId $application -CertificateThumbprint $thumbprint -Tenant $tenant }
        { New-SecMgmtAccessToken -ApplicationId $application -Credential $credential -ServicePrincipal -Tenant $tenant -Scopes $scope }
        { Connect-SecMgmtAccount -UseDeviceAuthentication }
        { Disconnect-SecMgmtAccount }
    )
    $global:taken = [System.Collections.Generic.List[string]]::new()
    function global:Receive-Call { $global:taken.Add("taken: $($MyInvocation.InvocationName) $args") }
    foreach ($name in $names) { Set-Alias -Name $name -Value Receive-Call -Scope Global -Force }
    $failed = foreach ($call in $calls) {
        try { $null = Trace-Command -Name '*' -FilePath $TraceFile -Expression $call 3>&1 } catch { "failed: $call $_" }
    }
    foreach ($name in $names) { [void] $ExecutionContext.SessionState.InvokeProvider.Item.Remove("alias:$name", $false) }
    $taken
    $failed
    "aliases: $($names.Count)"
} finally {
    $state.Ended = $true
    $null = $reading | Wait-Job
    $listener.Dispose()
    [System.IO.File]::Delete('/dev/log')
}
