# Loaded into the shell of the sign-in tests.

# Runs a script and gives what it wrote, a record of each object in the order it came: its stream, its text, and what
# there is to know of a context or an error.
function Invoke-Recorded {
    param([string] $Script)

    $written = [System.Collections.Generic.List[object]]::new()
    try { & ([scriptblock]::Create($Script)) *>&1 | ForEach-Object { $written.Add($_) } } catch { $written.Add($_) }
    foreach ($record in $written) {
        switch ($record) {
            { $_ -is [System.Management.Automation.ErrorRecord] } {
                @{ stream = 'error'; text = "$_"; error = ConvertTo-ErrorShape $_ }
                break
            }
            { $_ -is [System.Management.Automation.WarningRecord] } { @{ stream = 'warning'; text = $_.Message }; break }
            { $_ -is [System.Management.Automation.VerboseRecord] } { @{ stream = 'verbose'; text = $_.Message }; break }
            { $_ -is [System.Management.Automation.DebugRecord] } { @{ stream = 'debug'; text = $_.Message }; break }
            { $_ -is [System.Management.Automation.InformationRecord] } { @{ stream = 'information'; text = "$_" }; break }
            default { @{ stream = 'output'; text = "$_"; context = $_; types = @($_.PSObject.TypeNames) } }
        }
    }
}

function ConvertTo-ErrorShape {
    param([System.Management.Automation.ErrorRecord] $Record)

    $data = @{}
    foreach ($key in $Record.Exception.Data.Keys) { $data["$key"] = "$($Record.Exception.Data[$key])" }
    @{
        id        = $Record.FullyQualifiedErrorId
        category  = "$($Record.CategoryInfo.Category)"
        target    = "$($Record.TargetObject)"
        message   = "$($Record.ErrorDetails.Message)"
        action    = "$($Record.ErrorDetails.RecommendedAction)"
        exception = $Record.Exception.GetType().FullName
        whole     = "$($Record.Exception)"
        data      = $data
    }
}

# Makes the credential of an application.
function New-ClientCredential {
    param([string] $ClientId, [string] $Secret)

    [pscredential]::new($ClientId, [System.Net.NetworkCredential]::new('', $Secret).SecurePassword)
}

# Puts a PKCS #12 file's certificate into CurrentUser\My; without its private key when told so.
function Import-ClientCertificate {
    param([string] $Path, [string] $Password, [switch] $WithoutKey)

    $flags = [System.Security.Cryptography.X509Certificates.X509KeyStorageFlags]::PersistKeySet
    $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($Path, $Password, $flags)
    if ($WithoutKey) {
        $certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($certificate.RawData)
    }
    $store = [System.Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser')
    $store.Open('ReadWrite')
    $store.Add($certificate)
    $store.Dispose()
}
