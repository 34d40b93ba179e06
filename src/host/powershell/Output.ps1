# The objects that a call writes.

# Writes the objects of one message: made by the compiled reader once there have been so many that it pays.
function Write-CoreOutput {
    param($Cmdlet, $Values)

    $script:ObjectsRead += $Values.GetArrayLength()
    try {
        if ($script:ObjectsRead -lt $script:ObjectsBeforeReader) { $objects = ConvertFrom-WireArray $Values }
        else {
            if ($null -eq $script:ObjectReader) { $script:ObjectReader = New-ObjectReader }
            $objects = $script:ObjectReader.Invoke($Values)
        }
    } catch {
        Undo-CaughtError $_
        Stop-UnreadableValue $Cmdlet $_
    }
    $Cmdlet.WriteObject($objects, $true)
}

# Ends a call that wrote what its type cannot be.
function Stop-UnreadableValue {
    param($Cmdlet, $Caught)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueNotReadable' -Category InvalidData -Target $Cmdlet.MyInvocation.MyCommand.Name `
                -Message "The core of $($script:Module.Name) wrote an object that PowerShell cannot make: $($Caught.Exception.GetBaseException().Message)" `
                -Action 'This is a fault of the module, not of the call: report it.'))
}
