# Only PowerShell knows its current location and its drives, so it turns -Path into a folder for git.

# Gives the full path of a folder of the file system.
function Resolve-RepositoryFolder {
    param([string] $Path)

    $provider = $drive = $null
    $folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path, [ref] $provider, [ref] $drive)
    if ($provider.Name -ne 'FileSystem') {
        throw (New-ErrorRecord -Id 'PathNotInFileSystem' -Category InvalidArgument -Target $Path `
                -Message "$Path is in the provider $($provider.Name), and a Git repository is a folder of the file system." `
                -Action 'Pass the path of a folder by -Path.')
    }
    $folder
}
