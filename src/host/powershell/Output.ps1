# The objects that a call writes.

# Writes the objects of one message: by the compiled reader once there are so many that it pays.
function Write-CoreOutput {
    param($Cmdlet, $Values)

    $count = $Values.GetArrayLength()
    $script:ObjectsRead += $count
    if ($count -lt 10 -or $script:ObjectsRead -lt $script:ObjectsBeforeReader) { Write-FewObjects $Cmdlet $Values; return }
    try {
        if ($null -eq $script:ObjectReader) { $script:ObjectReader = New-ObjectReader }
        $others = [System.Collections.Generic.List[int]]::new()
        $objects = $script:ObjectReader.Invoke($Values, $others)
        foreach ($index in $others) { $objects[$index] = ConvertFrom-WireValue $Values[$index] }
    } catch {
        Undo-CaughtError $_
        Stop-UnreadableValue $Cmdlet $_
    }
    $Cmdlet.WriteObject($objects, $true)
}

# Writes objects one by one. Objects with texts, numbers, truth values and nulls are made in place, because a call
# of a function for each costs more than all the rest. Numbers are those of System.Text.Json.JsonValueKind: 1 Object,
# 2 Array, 3 String, 4 Number, 5 True, 6 False, 7 Null.
function Write-FewObjects {
    param($Cmdlet, $Values)

    $writing = $continued = $false
    $elements = $Values.EnumerateArray()
    # A `break` or `continue` further down the pipeline would end this loop, as the nearest: it is passed on below.
    while (-not ($writing -and ($continued = $true)) -and $elements.MoveNext()) {
        $element = $elements.Current
        try {
            $kind = [int] $element.ValueKind
            if ($kind -eq 3) { $object = $element.GetString() }
            elseif ($kind -ne 1) { $object = ConvertFrom-WireValue $element }
            else {
                $table = [ordered] @{}
                $content = $element
                $isTyped = $false
                do {
                    $isWrapped = $false
                    foreach ($property in $content.EnumerateObject()) {
                        $name = $property.Name
                        $value = $property.Value
                        $kind = [int] $value.ValueKind
                        if ($kind -eq 3) {
                            $text = $value.GetString()
                            if ($name -cne '$type' -or $isTyped) { $table[$name] = $text; continue }
                            # An object with a type name has its properties inside; other types are not for here.
                            if ($text -cne 'PSObject') { $table = $null; break }
                            $table['PSTypeName'] = $element.GetProperty('$typeName').GetString()
                            if (-not $table['PSTypeName']) { $table = $null; break }
                            $content = $element.GetProperty('properties')
                            $isTyped = $isWrapped = $true
                            break
                        }
                        if ($kind -eq 4) {
                            $number = $value.GetDouble()
                            if ($number -lt -2147483648 -or $number -gt 2147483647) { $table[$name] = ConvertFrom-WireNumber $value }
                            elseif (($whole = [int] $number) -eq $number) { $table[$name] = $whole }
                            else { $table[$name] = $number }
                        }
                        elseif ($kind -eq 5) { $table[$name] = $true }
                        elseif ($kind -eq 6) { $table[$name] = $false }
                        elseif ($kind -eq 7) { $table[$name] = $null }
                        else { $table[$name] = ConvertFrom-WireValue $value }
                    }
                } while ($isWrapped)
                if ($null -eq $table) { $object = ConvertFrom-WireValue $element } else { $object = [pscustomobject] $table }
            }
        } catch {
            Undo-CaughtError $_
            Stop-UnreadableValue $Cmdlet $_
        }
        $writing = $true
        $Cmdlet.WriteObject($object, $false)
        $writing = $false
    }
    if ($continued) { continue }
    if ($writing) { break }
}

# Ends a call that wrote what its type cannot be.
function Stop-UnreadableValue {
    param($Cmdlet, $Caught)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueNotReadable' -Category InvalidData -Target $Cmdlet.MyInvocation.MyCommand.Name `
                -Message "The core of $($script:Module.Name) wrote an object that PowerShell cannot make: $($Caught.Exception.GetBaseException().Message)" `
                -Action 'This is a fault of the module, not of the call: report it.'))
}
