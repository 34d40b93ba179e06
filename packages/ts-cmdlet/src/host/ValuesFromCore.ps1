# Values that come from the core (values.ts has the other side). Numbers are those of System.Text.Json.JsonValueKind:
# 1 Object, 2 Array, 3 String, 4 Number, 5 True, 6 False, 7 Null.

function ConvertFrom-WireValue {
    param($Element)

    $kind = [int] $Element.ValueKind
    if ($kind -eq 3) { return $Element.GetString() }
    if ($kind -eq 4) { return ConvertFrom-WireNumber $Element }
    if ($kind -ge 5) { if ($kind -lt 7) { return $kind -eq 5 } else { return $null } }
    if ($kind -eq 2) { return , (ConvertFrom-WireArray $Element) }
    $type = [System.Text.Json.JsonElement]::new()
    if (-not $Element.TryGetProperty('$type', [ref] $type)) { return [pscustomobject] (ConvertFrom-WireObject $Element) }
    $name = $type.GetString()
    if ($name -ceq 'PSObject') { return ConvertFrom-WirePSObject $Element }
    if ($name -ceq 'System.Collections.Hashtable') {
        $table = @{}
        foreach ($entry in $Element.GetProperty('entries').EnumerateObject()) { $table[$entry.Name] = ConvertFrom-WireValue $entry.Value }
        return $table
    }
    if ($name -ceq 'System.Management.Automation.PSCredential') {
        $password = ConvertTo-Password $Element.GetProperty('password').GetString()
        return [pscredential]::new($Element.GetProperty('userName').GetString(), $password)
    }
    , (ConvertFrom-WireScalar $name $Element.GetProperty('value').GetString())
}

# Gives the values of an array. Of objects there may be hundreds, so these and the common kinds of their properties are
# made in place: a call of a function for each costs more than all the rest.
function ConvertFrom-WireArray {
    param($Element)

    $items = [object[]]::new($Element.GetArrayLength())
    $tag = [System.Text.Json.JsonElement]::new()
    $whole = $i = 0
    foreach ($item in $Element.EnumerateArray()) {
        $kind = [int] $item.ValueKind
        if ($kind -eq 3) { $items[$i++] = $item.GetString(); continue }
        $table = if ($kind -eq 1) { [ordered] @{} }
        $content = $item
        if ($null -ne $table -and $item.TryGetProperty('$type', [ref] $tag)) {
            if ($tag.ValueEquals('PSObject') -and ($name = $item.GetProperty('$typeName').GetString())) {
                $table['PSTypeName'] = $name
                $content = $item.GetProperty('properties')
            } else { $table = $null }
        }
        if ($null -eq $table) { $items[$i++] = ConvertFrom-WireValue $item; continue }
        foreach ($property in $content.EnumerateObject()) {
            $value = $property.Value
            $kind = [int] $value.ValueKind
            if ($kind -eq 3) { $table[$property.Name] = $value.GetString() }
            elseif ($kind -eq 4 -and $value.TryGetInt32([ref] $whole)) { $table[$property.Name] = $whole }
            elseif ($kind -eq 5) { $table[$property.Name] = $true }
            elseif ($kind -eq 6) { $table[$property.Name] = $false }
            elseif ($kind -eq 7) { $table[$property.Name] = $null }
            else { $table[$property.Name] = ConvertFrom-WireValue $value }
        }
        $items[$i++] = [pscustomobject] $table
    }
    , $items
}

# Gives an object's properties in order. A type name becomes the one that [pscustomobject] gives its object.
function ConvertFrom-WireObject {
    param($Element, [string] $TypeName)

    $table = [ordered] @{}
    if ($TypeName) { $table['PSTypeName'] = $TypeName }
    foreach ($property in $Element.EnumerateObject()) { $table[$property.Name] = ConvertFrom-WireValue $property.Value }
    , $table
}

function ConvertFrom-WirePSObject {
    param($Element)

    $properties = $Element.GetProperty('properties')
    $name = $Element.GetProperty('$typeName').GetString()
    if ($name) { return [pscustomobject] (ConvertFrom-WireObject $properties $name) }
    # Without a type name, any property can be called PSTypeName.
    $object = [psobject]::new()
    foreach ($property in $properties.EnumerateObject()) {
        $object.PSObject.Properties.Add([psnoteproperty]::new($property.Name, (ConvertFrom-WireValue $property.Value)))
    }
    $object
}

# Gives the value of a type that crosses as a text.
function ConvertFrom-WireScalar {
    param([string] $Type, [string] $Text)

    $invariant = [cultureinfo]::InvariantCulture
    switch -CaseSensitive ($Type) {
        'System.Int64' { return [long]::Parse($Text, $invariant) }
        'System.UInt64' { return [ulong]::Parse($Text, $invariant) }
        'System.Decimal' { return [decimal]::Parse($Text, $invariant) }
        'System.Numerics.BigInteger' { return [bigint]::Parse($Text, $invariant) }
        'System.DateTime' { return [datetime]::Parse($Text, $invariant, 'RoundtripKind') }
        'System.DateTimeOffset' { return [System.DateTimeOffset]::Parse($Text, $invariant) }
        'System.TimeSpan' { return [timespan]::ParseExact($Text, 'c', $invariant) }
        'System.Guid' { return [guid]::Parse($Text) }
        'System.Uri' { return [uri]::new($Text, [System.UriKind]::RelativeOrAbsolute) }
        'System.Version' { return [version]::Parse($Text) }
        'System.Management.Automation.SemanticVersion' { return [semver]::Parse($Text) }
        'System.Net.IPAddress' { return [System.Net.IPAddress]::Parse($Text) }
        'System.Net.Mail.MailAddress' { return [System.Net.Mail.MailAddress]::new($Text) }
        'System.Globalization.CultureInfo' { return [cultureinfo]::GetCultureInfo($Text) }
        'System.Byte[]' { return , [System.Convert]::FromBase64String($Text) }
        'System.Security.SecureString' { return ConvertTo-Password $Text }
        'System.Xml.XmlDocument' {
            $document = [System.Xml.XmlDocument]::new()
            $document.XmlResolver = $null
            $document.PreserveWhitespace = $true
            $document.LoadXml($Text)
            return , $document
        }
    }
    throw "there is no wire form of type '$Type'"
}

function ConvertTo-Password {
    param([string] $Text)

    $password = [securestring]::new()
    foreach ($character in $Text.ToCharArray()) { $password.AppendChar($character) }
    $password.MakeReadOnly()
    $password
}

# Beyond 2^53 a number of JavaScript is not exact, and its digits are not those of the integer that they look like.
function ConvertFrom-WireNumber {
    param($Element)

    $number = 0
    if ($Element.TryGetInt32([ref] $number)) { return $number }
    $number = 0L
    if ($Element.TryGetInt64([ref] $number) -and $number -ge -9007199254740991 -and $number -le 9007199254740991) { return $number }
    $Element.GetDouble()
}
