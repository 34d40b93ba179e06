# Values on their way to the core (values.ts has the other side).

# Puts a cmdlet's own parameters in wire form. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with. A
# null is handed over where the parameter's type has one, and is as good as not given elsewhere. $Known has those that the
# core knows already.
function ConvertTo-WireParameter {
    param($Cmdlet, $BoundParameters, $Known)

    $own = @{}
    # Where a parameter is called Keys, .Keys is its value.
    foreach ($name in $BoundParameters.psbase.Keys) {
        if ($null -ne $Known -and $Known.ContainsKey($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::CommonParameters.Contains($name)) { continue }
        if ([System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name) -and (Test-ShouldProcess $Cmdlet)) { continue }
        $value = $BoundParameters[$name]
        if ($null -eq $value) {
            $type = $Cmdlet.MyInvocation.MyCommand.Parameters[$name].ParameterType
            if ($null -eq [System.Nullable]::GetUnderlyingType($type)) { continue }
        }
        $own[$name] = ConvertTo-WireValue $Cmdlet "-$name" $value ([System.Collections.Generic.List[object]]::new())
    }
    $own
}

# Whether a function has -WhatIf and -Confirm from PowerShell, and not of its own.
function Test-ShouldProcess {
    param($Cmdlet)

    foreach ($attribute in $Cmdlet.MyInvocation.MyCommand.ScriptBlock.Attributes) {
        if ($attribute -is [System.Management.Automation.CmdletBindingAttribute]) { return $attribute.SupportsShouldProcess }
    }
    $false
}

# Gives the wire form of a value. $Place is where it is, such as -Filter.names[2]; $Above has what it is inside of.
function ConvertTo-WireValue {
    param($Cmdlet, [string] $Place, $Value, $Above)

    $base = $Value
    if ($Value -is [psobject]) { $base = $Value.PSObject.BaseObject }
    if ($base -is [string]) { return Confirm-WireText $Cmdlet $Place $base }
    if ($null -eq $base -or $base -is [bool] -or $base -is [int]) { return $base }
    if ($base -is [switch]) { return $base.ToBool() }
    if ($base -is [enum]) { return $base.ToString() }
    if ($base -is [double] -or $base -is [float]) {
        if ([double]::IsFinite($base)) { return $base }
        Stop-WireValue $Cmdlet $Place 'A number that is not finite'
    }
    if ($base -is [byte] -or $base -is [sbyte] -or $base -is [int16] -or $base -is [uint16] -or $base -is [uint]) { return $base }
    if ($base -is [char]) { return Confirm-WireText $Cmdlet $Place ([string] $base) }
    if ($base -is [pscredential]) {
        return @{
            '$type'  = 'System.Management.Automation.PSCredential'
            userName = Confirm-WireText $Cmdlet $Place $base.UserName
            password = Confirm-WireText $Cmdlet $Place (ConvertFrom-Password $base.Password)
        }
    }
    $scalar = ConvertTo-WireScalar $base
    if ($null -ne $scalar) {
        $scalar.value = Confirm-WireText $Cmdlet $Place $scalar.value
        return $scalar
    }
    # All custom objects have the same base object: what tells them apart is the wrapping.
    $identity = $base
    if ($base -is [System.Management.Automation.PSCustomObject]) { $identity = $Value }
    foreach ($outer in $Above) {
        if ([object]::ReferenceEquals($outer, $identity)) { Stop-WireValue $Cmdlet $Place 'A value that holds itself' }
    }
    if ($Above.Count -ge $script:MaximumDepth) { Stop-WireValue $Cmdlet $Place "What is nested deeper than $($script:MaximumDepth) levels" }
    $Above.Add($identity)
    $form = ConvertTo-WireContainer $Cmdlet $Place $Value $base $Above
    $Above.RemoveAt($Above.Count - 1)
    if ($null -eq $form) { Stop-WireValue $Cmdlet $Place "A value of type $($base.GetType().FullName)" }
    , $form
}

# Gives the wire form of what crosses as a text beside its type; nothing for a value of any other type.
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

# Gives the wire form of a list, a dictionary or an object with properties; nothing for any other value.
function ConvertTo-WireContainer {
    param($Cmdlet, [string] $Place, $Value, $Base, $Above)

    if ($Base -is [System.Collections.IDictionary]) {
        $entries = [ordered] @{}
        foreach ($entry in $Base.GetEnumerator()) {
            $name = Confirm-WireText $Cmdlet $Place ([string] $entry.Key)
            if ($entries.Contains($name)) { Stop-WireValue $Cmdlet "$Place.$name" 'One of two keys that differ in case alone' }
            $entries[$name] = ConvertTo-WireValue $Cmdlet "$Place.$name" $entry.Value $Above
        }
        return @{ '$type' = 'System.Collections.Hashtable'; entries = $entries }
    }
    $type = $Base.GetType()
    $collection = $type.GetInterface('System.Collections.Generic.ICollection`1')
    if (($Base -is [System.Collections.ICollection] -or $null -ne $collection) -and -not ($type.IsArray -and $type.GetArrayRank() -gt 1)) {
        $element = if ($null -ne $collection) { $collection.GenericTypeArguments[0] } else { [object] }
        $hasNull = $element -in [object], [psobject] -or $null -ne [System.Nullable]::GetUnderlyingType($element)
        $items = [System.Collections.Generic.List[object]]::new()
        foreach ($item in $Base) {
            $at = "$Place[$($items.Count)]"
            if ($null -eq $item -and -not $hasNull) { Stop-WireValue $Cmdlet $at "A null among values of type $($element.FullName)" }
            $items.Add((ConvertTo-WireValue $Cmdlet $at $item $Above))
        }
        return , $items.ToArray()
    }
    if ($Base -is [System.Management.Automation.ErrorRecord]) { return ConvertTo-WireErrorRecord $Cmdlet $Place $Base }
    # Classes of .NET hold handles, code and each other. Those of a script or of another module are made of properties.
    if ($Base -isnot [System.Management.Automation.PSCustomObject] -and $type.FullName -match '^(System|Microsoft\.(PowerShell|Management|Win32))\.') { return }
    $properties = [ordered] @{}
    foreach ($property in $Value.PSObject.Properties) {
        $name = Confirm-WireText $Cmdlet $Place $property.Name
        $properties[$name] = ConvertTo-WireValue $Cmdlet "$Place.$name" $property.Value $Above
    }
    @{
        '$type'     = 'PSObject'
        '$typeName' = Confirm-WireText $Cmdlet $Place ($Value.PSObject.TypeNames[0] -replace '^Deserialized\.')
        properties  = $properties
    }
}

function ConvertTo-WireErrorRecord {
    param($Cmdlet, [string] $Place, $Record)

    $properties = [ordered] @{
        FullyQualifiedErrorId = $Record.FullyQualifiedErrorId
        Category              = $Record.CategoryInfo.Category.ToString()
        Message               = "$Record"
        TargetObject          = "$($Record.TargetObject)"
        ExceptionType         = $Record.Exception.GetType().FullName
        ScriptStackTrace      = "$($Record.ScriptStackTrace)"
    }
    foreach ($name in @($properties.Keys)) { $properties[$name] = Confirm-WireText $Cmdlet "$Place.$name" $properties[$name] }
    @{ '$type' = 'PSObject'; '$typeName' = 'System.Management.Automation.ErrorRecord'; properties = $properties }
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

# Gives a text that can be sent as it is; JSON has no halves of surrogate pairs, and would carry something else for them.
function Confirm-WireText {
    param($Cmdlet, [string] $Place, [string] $Text)

    try { [void] $script:Utf8.GetByteCount($Text) } catch [System.Text.EncoderFallbackException] {
        Undo-CaughtError $_
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'TextNotUnicode' -Category InvalidData -Target $Place `
                    -Message "The text for $Place is not Unicode: it holds half of a surrogate pair." `
                    -Action 'Pass the whole character, or leave it out.'))
    }
    $Text
}
