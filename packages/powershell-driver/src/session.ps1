# Loaded into the PowerShell that tests drive. It uses the engine's own commands and .NET alone, so that it works in a
# bare engine and in a full pwsh alike.

if ($null -ne $PSStyle) { $PSStyle.OutputRendering = 'PlainText' }

# Runs a script and writes its output to stdout as one line: JSON, in base64 so that no encoding can harm it.
function Invoke-TestScript {
    param([string] $EncodedScript)

    $ErrorActionPreference = 'Stop'
    $text = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($EncodedScript))
    $result = [System.Collections.Generic.Dictionary[string, object]]::new()
    try {
        $result['output'] = @(& ([scriptblock]::Create($text)))
    } catch {
        $result['error'] = @{ message = "$_"; id = $_.FullyQualifiedErrorId; where = $_.ScriptStackTrace }
    }
    $stream = [System.IO.MemoryStream]::new()
    $writer = [System.Text.Json.Utf8JsonWriter]::new($stream)
    Write-JsonValue $writer $result 0
    $writer.Dispose()
    [System.Console]::Out.WriteLine([System.Convert]::ToBase64String($stream.ToArray()))
}

# Writes strings, numbers, booleans, dictionaries, lists and custom objects as JSON; anything else as its text.
function Write-JsonValue {
    param([System.Text.Json.Utf8JsonWriter] $Writer, $Value, [int] $Depth)

    if ($Depth -gt 20) { throw 'The value is nested too deeply for JSON.' }
    if ($null -eq $Value) {
        $Writer.WriteNullValue()
        return
    }
    $base = $Value.PSObject.BaseObject
    if ($base -is [string] -or $base -is [enum] -or $base -is [char]) {
        $Writer.WriteStringValue([string] $base)
    } elseif ($base -is [bool] -or $base -is [switch]) {
        $Writer.WriteBooleanValue([bool] $base)
    } elseif ($base -is [int] -or $base -is [long] -or $base -is [double] -or $base -is [decimal]) {
        $Writer.WriteNumberValue($base)
    } elseif ($base -is [System.Collections.IDictionary]) {
        $Writer.WriteStartObject()
        foreach ($key in $base.Keys) {
            $Writer.WritePropertyName([string] $key)
            Write-JsonValue $Writer $base[$key] ($Depth + 1)
        }
        $Writer.WriteEndObject()
    } elseif ($base -is [System.Collections.IEnumerable]) {
        $Writer.WriteStartArray()
        foreach ($item in $base) { Write-JsonValue $Writer $item ($Depth + 1) }
        $Writer.WriteEndArray()
    } elseif ($base -is [System.Management.Automation.PSCustomObject]) {
        $Writer.WriteStartObject()
        foreach ($property in $Value.PSObject.Properties) {
            $Writer.WritePropertyName($property.Name)
            Write-JsonValue $Writer $property.Value ($Depth + 1)
        }
        $Writer.WriteEndObject()
    } else {
        $Writer.WriteStringValue([string] $base)
    }
}
