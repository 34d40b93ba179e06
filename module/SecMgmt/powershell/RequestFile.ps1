# Only PowerShell knows its current location and its drives, so it makes full paths for the core.

# Gives the full path of a file of the file system, which need not exist.
function Resolve-RequestFile {
    param([string] $Path)

    $provider = $drive = $null
    $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive)
    if ($provider.Name -ne 'FileSystem') {
        throw (& ${function:New-ErrorRecord} -Id 'PathNotInFileSystem' -Category InvalidArgument -Target $Path `
                -Message "$Path is in the provider $($provider.Name), and a body is a file of the file system." `
                -Action 'Pass the path of a file.')
    }
    @{ path = $file }
}
