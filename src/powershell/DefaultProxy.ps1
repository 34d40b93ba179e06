# What leads to the network in this session beside the environment: the proxy of the system, or the one that a script has set,
# is known to .NET alone. The host has Undo-CaughtError.

# The default proxy's URL for an address, with its user and password. None where it is what variables of the environment
# said when the process was started: the core has those as they are now.
function Get-DefaultProxy {
    param([uri] $Address)

    try {
        $default = [System.Net.Http.HttpClient]::DefaultProxy
        if ($null -eq $default -or $default.GetType().Name -eq 'HttpEnvironmentProxy' -or $default.IsBypassed($Address)) { return }
        $proxy = $default.GetProxy($Address)
        if ($null -eq $proxy -or $proxy -eq $Address) { return }
        $credential = if ($null -ne $default.Credentials) { $default.Credentials.GetCredential($proxy, 'Basic') }
        $builder = [System.UriBuilder]::new($proxy)
        if ($null -ne $credential -and $credential.UserName) {
            $name = if ($credential.Domain) { "$($credential.Domain)\$($credential.UserName)" } else { $credential.UserName }
            $builder.UserName = [uri]::EscapeDataString($name)
            $builder.Password = [uri]::EscapeDataString($credential.Password)
        }
        $builder.Uri.AbsoluteUri
    } catch {
        # A proxy that cannot say is none, whatever it throws: it may be a script's own.
        & ${function:Undo-CaughtError} $_
    }
}
