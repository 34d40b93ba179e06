# Loaded into the PowerShell of the tests of values: says how what came back differs from what was sent.

# Gives a line for each difference; nothing where there is none. The rules are those of src/runtime/values.ts.
function Compare-Value {
    param($Sent, $Got, [string] $Place = 'value')

    if ($null -eq $Sent -or $null -eq $Got) {
        if ($null -ne $Sent -or $null -ne $Got) { "$Place is null on one side: '$Sent' and '$Got'" }
        return
    }
    $sentBase = $Sent.PSObject.BaseObject
    $gotBase = $Got.PSObject.BaseObject
    if ($sentBase -is [System.Collections.IDictionary]) {
        if ($gotBase -isnot [hashtable]) { return "$Place is a $($gotBase.GetType())" }
        # An entry can be called Count.
        $counts = @($sentBase.GetEnumerator()).Count, @($gotBase.GetEnumerator()).Count
        if ($counts[0] -ne $counts[1]) { "$Place has $($counts[1]) entries for $($counts[0])" }
        foreach ($entry in $sentBase.GetEnumerator()) { Compare-Value $entry.Value $gotBase[$entry.Key] "$Place.$($entry.Key)" }
        return
    }
    if ($sentBase -is [System.Management.Automation.PSCustomObject]) {
        if ("$($Sent.PSObject.TypeNames)" -cne "$($Got.PSObject.TypeNames)") { "$Place is called $($Got.PSObject.TypeNames)" }
        $names = @(foreach ($property in $Sent.PSObject.Properties) { $property.Name })
        if ("$names" -cne "$(foreach ($property in $Got.PSObject.Properties) { $property.Name })") { "$Place has the properties $($Got.PSObject.Properties.Name)" }
        foreach ($name in $names) {
            Compare-Value $Sent.PSObject.Properties[$name].Value $Got.PSObject.Properties[$name].Value "$Place.$name"
        }
        return
    }
    if ($sentBase -is [byte[]]) {
        if ($gotBase -isnot [byte[]] -or "$sentBase" -ne "$gotBase") { "$Place is $($gotBase.GetType()) $gotBase" }
        return
    }
    if ($sentBase -is [System.Collections.IList]) {
        if ($gotBase -isnot [object[]]) { return "$Place is a $($gotBase.GetType())" }
        if ($sentBase.Count -ne $gotBase.Count) { "$Place has $($gotBase.Count) items for $($sentBase.Count)" }
        for ($i = 0; $i -lt $sentBase.Count; $i++) { Compare-Value $sentBase[$i] $gotBase[$i] "$Place[$i]" }
        return
    }
    if ($sentBase -is [pscredential]) {
        if ($gotBase -isnot [pscredential] -or $sentBase.UserName -cne $gotBase.UserName) { return "$Place is another credential" }
        return Compare-Value $sentBase.Password $gotBase.Password "$Place.Password"
    }
    $expected = Get-ExpectedValue $sentBase
    if ($expected.GetType() -ne $gotBase.GetType()) { return "$Place is $($gotBase.GetType()) for $($sentBase.GetType())" }
    if ($expected -is [securestring]) { $expected, $gotBase = (Get-PlainText $expected), (Get-PlainText $gotBase) }
    if ($expected -is [xml]) { $expected, $gotBase = $expected.OuterXml, $gotBase.OuterXml }
    # Equals of a DateTime passes over the kind, and that of a DateTimeOffset over the offset; a Decimal's over its zeros.
    $isSame = if ($expected -is [datetime]) { $expected.Ticks -eq $gotBase.Ticks -and $expected.Kind -eq $gotBase.Kind }
    elseif ($expected -is [System.DateTimeOffset]) { $expected.EqualsExact($gotBase) }
    elseif ($expected -is [decimal]) { "$([decimal]::GetBits($expected))" -eq "$([decimal]::GetBits($gotBase))" }
    elseif ($expected -is [string]) { [string]::Equals($expected, $gotBase, 'Ordinal') }
    elseif ($expected -is [uri]) { $expected.OriginalString -ceq $gotBase.OriginalString }
    else { $expected.Equals($gotBase) }
    if (-not $isSame) { "$Place is '$gotBase' for '$expected'" }
}

# What a value comes back as: JSON has one type of numbers and one of texts for several of .NET.
function Get-ExpectedValue {
    param($Value)

    if ($Value -is [char] -or $Value -is [enum]) { return $Value.ToString() }
    if ($Value -is [switch]) { return $Value.ToBool() }
    if ($Value -is [float] -or $Value -is [double]) {
        # A Single's text is the shortest that is read back as the same Single.
        $number = [double]::Parse($Value.ToString('R', [cultureinfo]::InvariantCulture), [cultureinfo]::InvariantCulture)
        if ([System.Math]::Truncate($number) -ne $number -or [System.Math]::Abs($number) -ge [System.Math]::Pow(2, 53)) { return $number }
        return Get-SmallestInteger ([long] $number)
    }
    $isSmall = $Value -is [byte] -or $Value -is [sbyte] -or $Value -is [int16] -or $Value -is [uint16] -or $Value -is [uint]
    if ($isSmall) { return Get-SmallestInteger $Value }
    , $Value
}

function Get-SmallestInteger {
    param([long] $Value)

    if ($Value -le [int]::MaxValue -and $Value -ge [int]::MinValue) { [int] $Value } else { $Value }
}

# A SecureString of a text, for the tests' expressions.
function ConvertTo-TestPassword {
    param([string] $Text)

    $password = [securestring]::new()
    $Text.ToCharArray().ForEach({ $password.AppendChar($_) })
    $password
}

function Get-PlainText {
    param([securestring] $Password)

    $pointer = [System.Runtime.InteropServices.Marshal]::SecureStringToGlobalAllocUnicode($Password)
    try { [System.Runtime.InteropServices.Marshal]::PtrToStringUni($pointer, $Password.Length) }
    finally { [System.Runtime.InteropServices.Marshal]::ZeroFreeGlobalAllocUnicode($pointer) }
}
