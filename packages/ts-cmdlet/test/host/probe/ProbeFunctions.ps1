# The probe module's own PowerShell, which its core may call.

# Says that it is at work, and never ends by itself.
function Wait-Probe {
    [System.Console]::Out.WriteLine('in the function')
    while ($true) { }
}

# Returns the value of an expression, as one value.
function Get-ProbeValue {
    param([string] $Expression)

    . ([scriptblock]::Create("`$value = $Expression"))
    , $value
}

# Tells the type and the value of an argument.
function Measure-ProbeNumber {
    param($Number)

    "$($Number.GetType().FullName) $Number"
}
