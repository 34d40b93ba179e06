# Calls the cmdlets in every way, well and badly, and gives all that can be had of what it wrote: every
# stream, every object and error to its last property, the history and the error list.

# The calls' secrets come from a file, so that nothing but the calls themselves ever had them.
function Invoke-Sweep {
    param([string] $SecretsFile)

    $secrets = [System.Text.Json.JsonDocument]::Parse([System.IO.File]::ReadAllText($SecretsFile)).RootElement
    [System.IO.File]::Delete($SecretsFile)
    $value = { param([string] $Name) $secrets.GetProperty($Name).GetString() }
    $application = & $value 'clientId'
    $publicClient = & $value 'publicClientId'
    $tenant = & $value 'tenant'
    $thumbprint = & $value 'thumbprint'
    $accessToken = & $value 'accessToken'
    $expiredToken = & $value 'expiredToken'
    $refreshToken = & $value 'refreshToken'
    $revokedToken = & $value 'revokedToken'
    $confidentialToken = & $value 'confidentialToken'
    $credential = New-ClientCredential $application (& $value 'secret')
    $wrong = New-ClientCredential $application (& $value 'wrongSecret')
    $loud = @{ Verbose = $true; Debug = $true }

    $written = [System.Collections.Generic.List[object]]::new()
    $calls = @(
        { Connect-SecMgmtAccount @loud -AccessToken $accessToken }
        { Invoke-SecMgmtRequest @loud /me }
        { Connect-SecMgmtAccount @loud -AccessToken $expiredToken }
        { Connect-SecMgmtAccount @loud -AccessToken "$accessToken.more" }
        { Connect-SecMgmtAccount @loud -AccessToken $accessToken -WhatIf }
        { Connect-SecMgmtAccount @loud -RefreshToken $refreshToken -ApplicationId $publicClient }
        { Connect-SecMgmtAccount @loud -RefreshToken $refreshToken -ApplicationId $publicClient -WhatIf }
        { Get-SecMgmtContext @loud -Refresh }
        { Invoke-SecMgmtRequest @loud /me }
        { Invoke-SecMgmtRequest @loud /subscriptions -Endpoint Azure }
        { Invoke-SecMgmtRequest @loud /users/none -Method PATCH -Body @{ passwordProfile = $credential.Password } }
        { Invoke-SecMgmtRequest @loud /users/none -Method PATCH -Body @{ passwordProfile = $credential.Password } -WhatIf }
        { Invoke-SecMgmtRequest @loud 'https://graph.microsoft.com@evil.example/' }
        { Invoke-SecMgmtRequest @loud /me -Headers @{ Authorization = "Bearer $accessToken" } }
        { Invoke-SecMgmtRequest @loud /download }
        { '/me', '/users/none' | Invoke-SecMgmtRequest @loud -Batch }
        { Resolve-SecMgmtError @loud }
        { New-SecMgmtAccessToken @loud -RefreshToken $refreshToken -Scopes 'https://graph.microsoft.com/.default' }
        { New-SecMgmtAccessToken @loud -RefreshToken $revokedToken -Scopes 'https://graph.microsoft.com/.default' }
        { New-SecMgmtAccessToken @loud -ApplicationId $application -Credential $credential -ServicePrincipal -Tenant $tenant -Scopes 'https://graph.microsoft.com/.default' }
        { New-SecMgmtAccessToken @loud -ApplicationId $application -Credential $wrong -ServicePrincipal -Tenant $tenant -Scopes 'https://graph.microsoft.com/.default' }
        { Connect-SecMgmtAccount @loud -RefreshToken $revokedToken -ApplicationId $publicClient }
        { Connect-SecMgmtAccount @loud -RefreshToken $confidentialToken -ApplicationId $application -Credential $credential }
        { Connect-SecMgmtAccount @loud -RefreshToken $confidentialToken -ApplicationId $application -Credential $wrong }
        { Connect-SecMgmtAccount @loud -RefreshToken $confidentialToken -ApplicationId $application -CertificateThumbprint $thumbprint }
        { Connect-SecMgmtAccount @loud -ServicePrincipal -Credential $credential -Tenant $tenant }
        { Connect-SecMgmtAccount @loud -ServicePrincipal -Credential $wrong -Tenant $tenant }
        { Connect-SecMgmtAccount @loud -ServicePrincipal -Credential $credential -Tenant $tenant -WhatIf }
        { Connect-SecMgmtAccount @loud -ServicePrincipal -ApplicationId $application -CertificateThumbprint $thumbprint -Tenant $tenant }
        { Connect-SecMgmtAccount @loud -UseDeviceAuthentication }
        { Connect-SecMgmtAccount @loud }
        { Connect-SecMgmtWorkload @loud -Identity }
        { Connect-SecMgmtWorkload @loud -Identity -ApplicationId $publicClient }
        { Connect-SecMgmtWorkload @loud -Federated -ApplicationId $application -Tenant $tenant }
        { Get-SecMgmtContext @loud -Refresh }
        { Connect-SecMgmtWorkload @loud -Federated -ApplicationId $publicClient -Tenant $tenant }
        { Connect-SecMgmtWorkload @loud -Federated -ApplicationId $application -Tenant $tenant -WhatIf }
        { Get-SecMgmtContext @loud }
        { Get-SecMgmtContext @loud -ListAvailable | Select-SecMgmtContext @loud }
        { Get-SecMgmtContext @loud -ListAvailable | Disconnect-SecMgmtAccount @loud -WhatIf }
        { Disconnect-SecMgmtAccount @loud }
    )
    foreach ($call in $calls) {
        try { & $call *>&1 | ForEach-Object { $written.Add($_) } } catch { $written.Add($_) }
    }
    foreach ($record in @($written) + @($global:Error)) {
        $record | Out-String -Width 10000
        $record | Format-List * -Force | Out-String -Width 10000
        if ($record -is [System.Management.Automation.ErrorRecord]) { Get-ErrorText $record }
        else { [System.Management.Automation.PSSerializer]::Serialize($record, 8) }
    }
    Get-History | Format-List * | Out-String -Width 10000
    [string] $calls.Count
}

function Get-ErrorText {
    param([System.Management.Automation.ErrorRecord] $Record)

    for ($exception = $Record.Exception; $null -ne $exception; $exception = $exception.InnerException) {
        "$exception"
        foreach ($key in $exception.Data.Keys) { "$key = $($exception.Data[$key])" }
    }
    "$($Record.ErrorDetails.Message)", "$($Record.ErrorDetails.RecommendedAction)", "$($Record.TargetObject)"
    "$($Record.CategoryInfo)", "$($Record.InvocationInfo.PositionMessage)", "$($Record.ScriptStackTrace)"
}
