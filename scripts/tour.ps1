# What `npm start` shows: the module at work, each command before its output. The sign-in service that answers here is the
# tests' own, on this computer, so that nobody needs an account.

function Show-Step {
    param([string] $Command)

    [System.Console]::Out.WriteLine("`nPS> $Command")
    . ([scriptblock]::Create($Command)) | Out-Default
}

# An access token as Entra ID would issue it. Nothing checks its signature.
function New-SampleToken {
    $now = [System.DateTimeOffset]::UtcNow
    $claims = '{{"aud":"https://graph.microsoft.com","iss":"https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/","iat":{0},"exp":{1},"appid":"04b07795-8ddb-461a-bbee-02f9e1bf7b46","oid":"00aa00aa-bb11-cc22-dd33-44ee44ee44ee","tid":"aaaabbbb-0000-cccc-1111-dddd2222eeee","upn":"adele@contoso.example"}}' -f
        $now.ToUnixTimeSeconds(), $now.AddHours(1).ToUnixTimeSeconds()
    $parts = foreach ($text in '{"typ":"JWT","alg":"RS256"}', $claims, 'sample signature') {
        [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
    }
    $parts -join '.'
}

$token = New-SampleToken

. Show-Step 'Import-Module SecMgmt'
. Show-Step 'Get-Command -Module SecMgmt | Select-Object Name, Version'
. Show-Step 'Connect-SecMgmtAccount -WhatIf'
. Show-Step 'Connect-SecMgmtAccount -UseDeviceAuthentication -Environment AzureUSGovernment -Tenant contoso.onmicrosoft.us -WhatIf'
. Show-Step '$context = Connect-SecMgmtAccount -AccessToken $token'
. Show-Step '$context'
. Show-Step 'Get-Help Connect-SecMgmtAccount'
. Show-Step 'Get-Help Connect-SecMgmtAccount -Parameter Tenant'
. Show-Step 'Disconnect-SecMgmtAccount'
. Show-Step 'Connect-SecMgmtAccount -UseDeviceAuthentication'
. Show-Step '(Get-SecMgmtContext).Account'
. Show-Step "Invoke-SecMgmtRequest '/groups' -Method POST -Body @{ displayName = 'Operators' } -WhatIf"
. Show-Step "Invoke-SecMgmtRequest '/users' -First 2 | Select-Object displayName, userPrincipalName"
