# The objects that a call writes.

# Writes the objects of one message. Objects with texts, numbers, truth values and nulls are made in place, because a call
# of a function for each costs more than all the rest. Numbers are those of System.Text.Json.JsonValueKind: 1 Object,
# 2 Array, 3 String, 4 Number, 5 True, 6 False, 7 Null.
function Write-CoreOutput {
    param($Cmdlet, $Values)

    $writing = $continued = $false
    $number = 0
    $elements = $Values.EnumerateArray()
    # A `break` or `continue` further down the pipeline would end this loop, as the nearest: it is passed on below.
    while (-not ($writing -and ($continued = $true)) -and $elements.MoveNext()) {
        $element = $elements.Current
        $kind = [int] $element.ValueKind
        if ($kind -eq 3) { $object = $element.GetString() }
        elseif ($kind -ne 1) { $object = ConvertFrom-WireValue $element }
        else {
            $table = [ordered] @{}
            foreach ($property in $element.EnumerateObject()) {
                $name = $property.Name
                $value = $property.Value
                $kind = [int] $value.ValueKind
                if ($kind -eq 3) { $table[$name] = $value.GetString() }
                elseif ($kind -eq 4 -and $value.TryGetInt32([ref] $number)) { $table[$name] = $number }
                elseif ($kind -eq 5) { $table[$name] = $true }
                elseif ($kind -eq 6) { $table[$name] = $false }
                elseif ($kind -eq 7) { $table[$name] = $null }
                else { $table[$name] = ConvertFrom-WireValue $value }
            }
            $object = if ($table.Contains('$type')) { ConvertFrom-WireValue $element } else { [pscustomobject] $table }
        }
        $writing = $true
        $Cmdlet.WriteObject($object, $false)
        $writing = $false
    }
    if ($continued) { continue }
    if ($writing) { break }
}
