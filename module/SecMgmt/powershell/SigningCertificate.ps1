# Finds certificates in .NET's stores and signs with their private keys, for the core: a key may be bound to this
# process's user or to hardware, and it never leaves this process. The host has New-ErrorRecord and Undo-CaughtError.

# Gives what may be known of the certificate with this thumbprint, once it is sure that it can sign now.
function Find-SigningCertificate {
    param([string] $Thumbprint)

    $certificate = & ${function:Get-SigningCertificate} $Thumbprint
    try {
        @{
            certificate = [System.Convert]::ToBase64String($certificate.RawData)
            subject     = [string] $certificate.Subject
        }
    } finally {
        $certificate.Dispose()
    }
}

# Signs a text's UTF-8 bytes over SHA-256, padded as PS256 or RS256 say. Gives the signature in base64url; none when the
# key cannot do this padding, as those of older smart cards and providers.
function New-CertificateSignature {
    param([string] $Thumbprint, [string] $Text, [string] $Algorithm)

    $certificate = & ${function:Get-SigningCertificate} $Thumbprint
    try {
        $key = [System.Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
        $padding = if ($Algorithm -eq 'PS256') { [System.Security.Cryptography.RSASignaturePadding]::Pss }
        else { [System.Security.Cryptography.RSASignaturePadding]::Pkcs1 }
        $signature = $key.SignData(
            [System.Text.Encoding]::UTF8.GetBytes($Text), [System.Security.Cryptography.HashAlgorithmName]::SHA256, $padding)
        @{ signature = [System.Convert]::ToBase64String($signature).TrimEnd('=').Replace('+', '-').Replace('/', '_') }
    } catch [System.Management.Automation.MethodInvocationException] {
        $cause = $_.Exception.GetBaseException()
        if ($Algorithm -eq 'PS256') {
            & ${function:Undo-CaughtError} $_
            return @{}
        }
        throw (& ${function:New-ErrorRecord} -Id 'CertificateKeyUnusable' -Category SecurityError -Target $Thumbprint `
                -Message "The private key of certificate $Thumbprint cannot sign: $($cause.Message)" `
                -Action 'Check that your account may use the key, and that its device is connected.')
    } finally {
        $certificate.Dispose()
    }
}

# Gives the one certificate with this thumbprint that can sign now; the caller disposes of it.
function Get-SigningCertificate {
    param([string] $Thumbprint)

    $candidates = @(
        & ${function:Find-StoreCertificate} 'CurrentUser' $Thumbprint
        & ${function:Find-StoreCertificate} 'LocalMachine' $Thumbprint
    )
    & ${function:Select-SigningCertificate} $candidates $Thumbprint ([datetime]::Now)
}

# Looks in one store named My. Some platforms have none for the machine.
function Find-StoreCertificate {
    param([string] $Location, [string] $Thumbprint)

    $store = [System.Security.Cryptography.X509Certificates.X509Store]::new('My', $Location)
    try {
        $store.Open('ReadOnly, OpenExistingOnly')
        $store.Certificates.Find('FindByThumbprint', $Thumbprint, $false)
    } catch [System.Management.Automation.MethodInvocationException] {
        # There is no such store: then it has no certificates.
        if ($_.Exception.InnerException -isnot [System.Security.Cryptography.CryptographicException] -and
            $_.Exception.InnerException -isnot [System.PlatformNotSupportedException]) { throw }
        & ${function:Undo-CaughtError} $_
    } finally {
        $store.Dispose()
    }
}

# Chooses among the certificates that were found. One without its private key gives way to the same one with it.
function Select-SigningCertificate {
    param([object[]] $Candidates, [string] $Thumbprint, [datetime] $Now)

    if ($Candidates.Count -eq 0) {
        throw (& ${function:New-ErrorRecord} -Id 'CertificateNotFound' -Category ObjectNotFound -Target $Thumbprint `
                -Message "There is no certificate with the thumbprint $Thumbprint in the store My of CurrentUser or of LocalMachine." `
                -Action 'Import it, with its private key, into the store My of CurrentUser.')
    }
    $certificates = @($Candidates.Where({ $_.HasPrivateKey }))
    if ($certificates.Count -eq 0) {
        throw (& ${function:New-ErrorRecord} -Id 'CertificateHasNoPrivateKey' -Category PermissionDenied -Target $Thumbprint `
                -Message "Certificate $Thumbprint is in the store without a private key, so it cannot sign." `
                -Action 'Import it again from a file that has the private key, such as a .pfx file, as the user who connects.')
    }
    $certificate = $certificates[0]
    $other = $certificates.Where({ [System.Convert]::ToBase64String($_.RawData) -ne [System.Convert]::ToBase64String($certificate.RawData) })
    if ($other.Count -gt 0) {
        throw (& ${function:New-ErrorRecord} -Id 'CertificateAmbiguous' -Category InvalidData -Target $Thumbprint `
                -Message "Several certificates have the thumbprint $Thumbprint." `
                -Action 'Remove those that are not meant from the stores My of CurrentUser and of LocalMachine.')
    }
    if ($certificate.NotAfter -lt $Now) {
        throw (& ${function:New-ErrorRecord} -Id 'CertificateExpired' -Category SecurityError -Target $Thumbprint `
                -Message "Certificate $Thumbprint expired at $($certificate.NotAfter.ToUniversalTime().ToString('u'))." `
                -Action 'Renew it, upload the new one to the app registration, and pass its thumbprint.')
    }
    if ($certificate.NotBefore -gt $Now) {
        throw (& ${function:New-ErrorRecord} -Id 'CertificateNotYetValid' -Category SecurityError -Target $Thumbprint `
                -Message "Certificate $Thumbprint is valid from $($certificate.NotBefore.ToUniversalTime().ToString('u')) on." `
                -Action 'Wait until then, or check the clock of this computer.')
    }
    if ($certificate.PublicKey.Oid.Value -ne '1.2.840.113549.1.1.1') {
        throw (& ${function:New-ErrorRecord} -Id 'CertificateKeyUnusable' -Category InvalidType -Target $Thumbprint `
                -Message "The key of certificate $Thumbprint is of the kind '$($certificate.PublicKey.Oid.FriendlyName)', and Entra ID takes RSA alone." `
                -Action 'Use a certificate with an RSA key of 2048 bits or more.')
    }
    $certificate
}
