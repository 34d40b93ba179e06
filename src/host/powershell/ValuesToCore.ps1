# Values on their way to the core (values.ts has the other side).

# Puts a cmdlet's own parameters in wire form. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with.
function ConvertTo-WireParameter {
    param($Cmdlet, $BoundParameters)

    $own = @{}
    foreach ($name in $BoundParameters.Keys) {
        if (-not [System.Management.Automation.Cmdlet]::CommonParameters.Contains($name) -and
            -not [System.Management.Automation.Cmdlet]::OptionalCommonParameters.Contains($name)) {
            $own[$name] = ConvertTo-WireValue $Cmdlet $name $BoundParameters[$name]
        }
    }
    $own
}

function ConvertTo-WireValue {
    param($Cmdlet, [string] $Name, $Value)

    if ($Value -is [psobject]) { $Value = $Value.PSObject.BaseObject }
    if ($Value -is [string]) { return Confirm-WireText $Cmdlet $Name $Value }
    if ($null -eq $Value -or $Value -is [bool] -or $Value -is [int] -or ($Value -is [double] -and [double]::IsFinite($Value))) { return $Value }
    if ($Value -is [switch]) { return $Value.ToBool() }
    if ($Value -is [enum]) { return $Value.ToString() }
    if ($Value -is [pscredential]) {
        return @{
            '$type'  = 'System.Management.Automation.PSCredential'
            userName = Confirm-WireText $Cmdlet $Name $Value.UserName
            password = Confirm-WireText $Cmdlet $Name (ConvertFrom-Password $Value.Password)
        }
    }
    if ($Value -is [System.Collections.IList]) {
        $items = [object[]]::new($Value.Count)
        for ($i = 0; $i -lt $items.Length; $i++) { $items[$i] = ConvertTo-WireValue $Cmdlet $Name $Value[$i] }
        return , $items
    }
    $what = if ($Value -is [double]) { 'A number that is not finite' } else { "A value of type $($Value.GetType().FullName)" }
    $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'ValueCannotCross' -Category InvalidType -Target $Name `
                -Message "$what cannot be handed to the core of $($script:Module.Name) for -$Name." `
                -Action 'Pass a string, a number, a Boolean value, a credential, or a list of these.'))
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
    param($Cmdlet, [string] $Name, [string] $Text)

    try { [void] $script:Utf8.GetByteCount($Text) } catch [System.Text.EncoderFallbackException] {
        Undo-CaughtError $_
        $Cmdlet.ThrowTerminatingError((New-ErrorRecord -Id 'TextNotUnicode' -Category InvalidData -Target $Name `
                    -Message "The text for -$Name is not Unicode: it holds half of a surrogate pair." `
                    -Action 'Pass the whole character, or leave it out.'))
    }
    $Text
}
