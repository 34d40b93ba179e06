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
    if ($null -ne $script:Settings['Views']) { Import-ModuleView $Cmdlet }
    $Cmdlet.WriteObject($objects, $true)
}

# Gives the session the views of the module's objects, with the first of these, since no import is to wait for them. They
# are a module within this one, and go with it.
function Import-ModuleView {
    param($Cmdlet)

    $file = [System.IO.Path]::Combine($script:Module.ModuleBase, 'views', $script:Settings['Views'])
    $import = { Microsoft.PowerShell.Core\Import-Module $args[0] -Force -Verbose:$false -ErrorAction Stop }
    try { & $script:Module.NewBoundScriptBlock($import) $file } catch {
        Undo-CaughtError $_
        & $script:Module.NewBoundScriptBlock({ Stop-ModuleIncomplete @args }) $Cmdlet $file $_.Exception.Message
    }
    $script:Settings.Remove('Views')
}

# Ends a call that wrote what its type cannot be.
function Stop-UnreadableValue {
    param($Cmdlet, $Caught)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueNotReadable' -Category InvalidData -Target $Cmdlet.MyInvocation.MyCommand.Name `
                -Message "The core of $($script:Module.Name) wrote an object that PowerShell cannot make: $($Caught.Exception.GetBaseException().Message)" `
                -Action 'This is a fault of the module, not of the call: report it.'))
}
