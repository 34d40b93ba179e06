# Says what the host of this session shows, for the core.

# Whether there is a screen, or another end, that the host writes to. Runspaces that a program opens, such as those of
# Start-ThreadJob and ForEach-Object -Parallel, have a host that writes to none: only their streams are seen.
function Get-SessionHost {
    @{ isSeen = $Host.Name -ne 'Default Host' }
}
