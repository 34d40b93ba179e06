# The probe module's own PowerShell, which its core may call.

# Says that it is at work, and never ends by itself.
function Wait-Probe {
    [System.Console]::Out.WriteLine('in the function')
    while ($true) { }
}
