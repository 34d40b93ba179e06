# Values that come from the core (values.ts has the other side).

# Numbers are those of System.Text.Json.JsonValueKind: 1 Object, 2 Array, 3 String, 4 Number, 5 True, 6 False, 7 Null.
function ConvertFrom-WireValue {
    param($Element)

    $kind = [int] $Element.ValueKind
    if ($kind -eq 3) { return $Element.GetString() }
    if ($kind -eq 4) { return ConvertFrom-WireNumber $Element }
    if ($kind -ge 5) { if ($kind -lt 7) { return $kind -eq 5 } else { return $null } }
    if ($kind -eq 2) {
        $items = [object[]]::new($Element.GetArrayLength())
        for ($i = 0; $i -lt $items.Length; $i++) { $items[$i] = ConvertFrom-WireValue $Element[$i] }
        return , $items
    }
    $type = Get-JsonProperty $Element '$type'
    if ($null -eq $type) { return [pscustomobject] (ConvertFrom-WireObject $Element) }
    switch ($type.GetString()) {
        'System.Collections.Hashtable' { return [hashtable] (ConvertFrom-WireObject $Element.GetProperty('entries')) }
        'PSObject' {
            return [pscustomobject] (ConvertFrom-WireObject $Element.GetProperty('properties') $Element.GetProperty('$typeName').GetString())
        }
    }
    throw "The wire form has no type '$($type.GetString())'."
}

# Gives an object's properties in order; the common kinds are read in place, because a call for each costs more than all
# the rest. A type name becomes the one that [pscustomobject] gives its object.
function ConvertFrom-WireObject {
    param($Element, [string] $TypeName)

    $table = [System.Collections.Specialized.OrderedDictionary]::new()
    if ($TypeName) { $table['PSTypeName'] = $TypeName }
    foreach ($property in $Element.EnumerateObject()) {
        $value = $property.Value
        $kind = [int] $value.ValueKind
        if ($kind -eq 3) { $table[$property.Name] = $value.GetString() }
        elseif ($kind -eq 5) { $table[$property.Name] = $true }
        elseif ($kind -eq 6) { $table[$property.Name] = $false }
        else { $table[$property.Name] = ConvertFrom-WireValue $value }
    }
    , $table
}

function ConvertFrom-WireNumber {
    param($Element)

    $number = 0
    if ($Element.TryGetInt32([ref] $number)) { return $number }
    $number = 0L
    if ($Element.TryGetInt64([ref] $number)) { return $number }
    $Element.GetDouble()
}
