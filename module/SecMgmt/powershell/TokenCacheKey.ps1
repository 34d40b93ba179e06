# Guards the key of the token cache with DPAPI, for the core: only this user of Windows can have it back. The host
# has New-ErrorRecord. Keys and what protects them are in base64.

function Protect-TokenCacheKey {
    param([string] $Key)

    & ${function:Convert-TokenCacheKey} 'Protect' $Key
}

function Unprotect-TokenCacheKey {
    param([string] $Key)

    & ${function:Convert-TokenCacheKey} 'Unprotect' $Key
}

function Convert-TokenCacheKey {
    param([string] $Method, [string] $Key)

    try {
        # PowerShell brings the assembly along, and loads it for nobody.
        [void] [System.Reflection.Assembly]::Load('System.Security.Cryptography.ProtectedData')
        $bytes = [System.Convert]::FromBase64String($Key)
        $scope = [System.Security.Cryptography.DataProtectionScope]::CurrentUser
        $result = [System.Security.Cryptography.ProtectedData]::$Method($bytes, $null, $scope)
        @{ key = [System.Convert]::ToBase64String($result) }
    } catch [System.Management.Automation.MethodInvocationException] {
        $cause = $_.Exception.GetBaseException()
        throw (& ${function:New-ErrorRecord} -Id 'TokenCacheKeyUnusable' -Category SecurityError -Target 'DPAPI' `
                -Message "Windows does not $($Method.ToLowerInvariant()) the key of the token cache: $($cause.Message)" `
                -Action 'Sign in to Windows as the user who made the token cache, with the profile loaded.')
    }
}
