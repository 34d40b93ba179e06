# Values on their way to the core (values.ts has the other side).

# Gives the JSON of a cmdlet's own parameters. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with. A
# null is handed over where the parameter's type has one, and is as good as not given elsewhere. $Known has those that the
# core knows already.
function ConvertTo-WireParameter {
    param($Cmdlet, $BoundParameters, $Known)

    # Where a parameter is called Keys, .Keys is its value.
    $members = foreach ($name in $BoundParameters.get_Keys()) {
        if ($null -ne $Known -and $Known.ContainsKey($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::CommonParameters.Contains($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name) -and (Test-ShouldProcess $Cmdlet)) { continue }
        $value = $BoundParameters[$name]
        if ($null -eq $value -and -not (Test-Nullable $Cmdlet $name)) { continue }
        if ($value -is [string] -or $value -is [System.Collections.Generic.IEnumerable[string]]) { $value = ConvertTo-AcceptedText $Cmdlet $name $value }
        (ConvertTo-JsonText $name) + ':' + (ConvertTo-WireValue $Cmdlet "-$name" $value ([System.Collections.Generic.List[object]]::new()))
    }
    '{' + ($members -join ',') + '}'
}

# Gives a text, or each of several, as the help spells it where that names those that are accepted: PowerShell takes them
# without regard to case, and the core does not.
function ConvertTo-AcceptedText {
    param($Cmdlet, [string] $Name, $Value)

    foreach ($attribute in $Cmdlet.MyInvocation.MyCommand.Parameters[$Name].Attributes) {
        if ($attribute -isnot [System.Management.Automation.ValidateSetAttribute]) { continue }
        $accepted = $attribute.ValidValues
        $texts = @(foreach ($text in $Value) { if ($accepted.Contains($text)) { $text } else { @($accepted -eq $text)[0] } })
        if ($Value -is [string]) { return $texts[0] } else { return , $texts }
    }
    , $Value
}

# Whether null is a value of a parameter's type.
function Test-Nullable {
    param($Cmdlet, [string] $Name)

    $null -ne [System.Nullable]::GetUnderlyingType($Cmdlet.MyInvocation.MyCommand.Parameters[$Name].ParameterType)
}

# Whether a function has -WhatIf and -Confirm from PowerShell, and not of its own.
function Test-ShouldProcess {
    param($Cmdlet)

    foreach ($attribute in $Cmdlet.MyInvocation.MyCommand.ScriptBlock.Attributes) {
        if ($attribute -is [System.Management.Automation.CmdletBindingAttribute]) { return $attribute.SupportsShouldProcess }
    }
    $false
}

# Gives the JSON of a value. $Place is where it is, such as -Filter.names[2]; $Above has what it is inside of.
function ConvertTo-WireValue {
    param($Cmdlet, [string] $Place, $Value, $Above)

    $base = $Value
    if ($Value -is [psobject]) { $base = $Value.PSObject.BaseObject }
    if ($base -is [string]) { return ConvertTo-WireText $Cmdlet $Place $base }
    if ($null -eq $base) { return 'null' }
    if ($base -is [switch]) { $base = $base.ToBool() }
    if ($base -is [bool]) { if ($base) { return 'true' } else { return 'false' } }
    if ($base -is [enum] -or $base -is [char]) { return ConvertTo-WireText $Cmdlet $Place $base.ToString() }
    if ($base -is [int] -or $base -is [byte] -or $base -is [sbyte] -or $base -is [int16] -or $base -is [uint16] -or $base -is [uint]) { return "$base" }
    if ($base -is [double] -or $base -is [float]) {
        if ([double]::IsFinite($base)) { return $base.ToString('R', [cultureinfo]::InvariantCulture) }
        Stop-WireValue $Cmdlet $Place 'A number that is not finite'
    }
    if ($base -is [pscredential]) {
        return '{"$type":"System.Management.Automation.PSCredential","userName":' + (ConvertTo-WireText $Cmdlet $Place $base.UserName) +
        ',"password":' + (ConvertTo-WireText $Cmdlet $Place (ConvertFrom-Password $base.Password)) + '}'
    }
    $scalar = ConvertTo-WireScalar $base
    if ($null -ne $scalar) {
        return '{"$type":"' + $scalar['$type'] + '","value":' + (ConvertTo-WireText $Cmdlet $Place $scalar['value']) + '}'
    }
    # All custom objects have the same base object: what tells them apart is the wrapping.
    $identity = $base
    if ($base -is [System.Management.Automation.PSCustomObject]) { $identity = $Value }
    foreach ($outer in $Above) {
        if ([object]::ReferenceEquals($outer, $identity)) { Stop-WireValue $Cmdlet $Place 'A value that holds itself' }
    }
    if ($Above.Count -ge $script:MaximumDepth) { Stop-WireValue $Cmdlet $Place "What is nested deeper than $($script:MaximumDepth) levels" }
    $Above.Add($identity)
    $json = ConvertTo-WireContainer $Cmdlet $Place $Value $base $Above
    $Above.RemoveAt($Above.Count - 1)
    if ($null -eq $json) { Stop-WireValue $Cmdlet $Place "A value of type $($base.GetType().FullName)" }
    $json
}

# Gives the type and the text of what crosses as a text beside its type; nothing for a value of any other type.
function ConvertTo-WireScalar {
    param($Value)

    $type = $Value.GetType().FullName
    $invariant = [cultureinfo]::InvariantCulture
    $text = switch -CaseSensitive ($type) {
        { $_ -cin 'System.Int64', 'System.UInt64', 'System.Decimal', 'System.Numerics.BigInteger' } { $Value.ToString($invariant) }
        { $_ -cin 'System.DateTime', 'System.DateTimeOffset' } { $Value.ToString('o', $invariant) }
        'System.TimeSpan' { $Value.ToString('c', $invariant) }
        'System.Guid' { $Value.ToString('D') }
        'System.Uri' { $Value.OriginalString }
        { $_ -cin 'System.Version', 'System.Management.Automation.SemanticVersion', 'System.Net.IPAddress', 'System.Net.Mail.MailAddress' } { $Value.ToString() }
        'System.Net.IPAddress+ReadOnlyIPAddress' {
            $type = 'System.Net.IPAddress'
            $Value.ToString()
        }
        'System.Globalization.CultureInfo' { $Value.Name }
        'System.Byte[]' { [System.Convert]::ToBase64String($Value) }
        'System.Security.SecureString' { ConvertFrom-Password $Value }
        'System.Xml.XmlDocument' { $Value.OuterXml }
    }
    if ($null -ne $text) { @{ '$type' = $type; value = [string] $text } }
}

# Gives the JSON of a list, a dictionary or an object with properties; nothing for any other value.
function ConvertTo-WireContainer {
    param($Cmdlet, [string] $Place, $Value, $Base, $Above)

    if ($Base -is [System.Collections.IDictionary]) {
        $names = @{}
        $entries = foreach ($entry in $Base.GetEnumerator()) {
            $name = [string] $entry.Key
            if ($names.ContainsKey($name)) { Stop-WireValue $Cmdlet "$Place.$name" 'One of two keys that differ in case alone' }
            $names[$name] = $true
            (ConvertTo-WireText $Cmdlet $Place $name) + ':' + (ConvertTo-WireValue $Cmdlet "$Place.$name" $entry.Value $Above)
        }
        return '{"$type":"System.Collections.Hashtable","entries":{' + ($entries -join ',') + '}}'
    }
    $type = $Base.GetType()
    $collection = $type.GetInterface('System.Collections.Generic.ICollection`1')
    if (($Base -is [System.Collections.ICollection] -or $null -ne $collection) -and -not ($type.IsArray -and $type.GetArrayRank() -gt 1)) {
        $element = if ($null -ne $collection) { $collection.GenericTypeArguments[0] } else { [object] }
        $hasNull = $element -in [object], [psobject] -or $null -ne [System.Nullable]::GetUnderlyingType($element)
        $index = 0
        $items = foreach ($item in $Base) {
            $at = "$Place[$index]"
            $index++
            if ($null -eq $item -and -not $hasNull) { Stop-WireValue $Cmdlet $at "A null among values of type $($element.FullName)" }
            ConvertTo-WireValue $Cmdlet $at $item $Above
        }
        return '[' + ($items -join ',') + ']'
    }
    if ($Base -is [System.Management.Automation.ErrorRecord]) { return ConvertTo-WireErrorRecord $Cmdlet $Place $Base }
    # Classes of .NET hold handles, code and each other. Those of a script or of another module are made of properties.
    if ($Base -isnot [System.Management.Automation.PSCustomObject] -and $type.FullName -match '^(System|Microsoft\.(PowerShell|Management|Win32))\.') { return }
    $properties = foreach ($property in $Value.PSObject.Properties) {
        (ConvertTo-WireText $Cmdlet $Place $property.Name) + ':' + (ConvertTo-WireValue $Cmdlet "$Place.$($property.Name)" $property.Value $Above)
    }
    ConvertTo-WirePSObject $Cmdlet $Place ($Value.PSObject.TypeNames[0] -replace '^Deserialized\.') $properties
}

function ConvertTo-WireErrorRecord {
    param($Cmdlet, [string] $Place, $Record)

    $texts = [ordered] @{
        FullyQualifiedErrorId = $Record.FullyQualifiedErrorId
        Category              = $Record.CategoryInfo.Category.ToString()
        Message               = "$Record"
        TargetObject          = "$($Record.TargetObject)"
        ExceptionType         = $Record.Exception.GetType().FullName
        ScriptStackTrace      = "$($Record.ScriptStackTrace)"
    }
    $properties = foreach ($name in $texts.Keys) { """$name"":" + (ConvertTo-WireText $Cmdlet "$Place.$name" $texts[$name]) }
    ConvertTo-WirePSObject $Cmdlet $Place 'System.Management.Automation.ErrorRecord' $properties
}

# Gives the JSON of an object with a type name; $Properties are its members in JSON.
function ConvertTo-WirePSObject {
    param($Cmdlet, [string] $Place, [string] $TypeName, $Properties)

    '{"$type":"PSObject","$typeName":' + (ConvertTo-WireText $Cmdlet $Place $TypeName) + ',"properties":{' + ($Properties -join ',') + '}}'
}

# Ends a call whose parameters hold something that cannot be handed over.
function Stop-WireValue {
    param($Cmdlet, [string] $Place, [string] $What)

    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueCannotCross' -Category InvalidType -Target $Place `
                -Message "$What cannot be handed to the core of $($script:Module.Name) for $Place." `
                -Action 'Pass texts, numbers, dates, credentials, or lists, hashtables and custom objects of these.'))
}

# NetworkCredential would give a password up to its first NUL.
function ConvertFrom-Password {
    param([securestring] $Password)

    $text = [System.Runtime.InteropServices.Marshal]::SecureStringToBSTR($Password)
    try { [System.Runtime.InteropServices.Marshal]::PtrToStringBSTR($text) }
    finally { [System.Runtime.InteropServices.Marshal]::ZeroFreeBSTR($text) }
}

# Gives the JSON of a text. JSON has no halves of surrogate pairs, and would carry something else for them.
function ConvertTo-WireText {
    param($Cmdlet, [string] $Place, [string] $Text)

    try { [void] $script:Utf8.GetByteCount($Text) } catch [System.Text.EncoderFallbackException] { Stop-BrokenText $Cmdlet $Place $_ }
    ConvertTo-JsonText $Text
}

function Stop-BrokenText {
    param($Cmdlet, [string] $Place, $Caught)

    Undo-CaughtError $Caught
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'TextNotUnicode' -Category InvalidData -Target $Place `
                -Message "The text for $Place is not Unicode: it holds half of a surrogate pair." `
                -Action 'Pass the whole character, or leave it out.'))
}

function ConvertTo-JsonText {
    param([string] $Text)

    if ($Text.IndexOfAny($script:JsonEscaped) -lt 0) { return """$Text""" }
    '"' + [System.Text.Encodings.Web.JavaScriptEncoder]::UnsafeRelaxedJsonEscaping.Encode($Text) + '"'
}
