using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Makes values of what comes from the core (values.ts has their wire form).</summary>
internal static class WireReader
{
    /// <summary>Beyond, a number of JavaScript is not exact: its digits are not those of the integer that they look like.</summary>
    private const long LastExactInteger = 9_007_199_254_740_991;

    /// <summary>Makes one value. Throws for what its type cannot be.</summary>
    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => ReadArray(element),
        JsonValueKind.Object => ReadObject(element),
        _ => null,
    };

    /// <summary>Makes the values of an array.</summary>
    public static object?[] ReadArray(JsonElement element)
    {
        var values = new object?[element.GetArrayLength()];
        var index = 0;
        foreach (var item in element.EnumerateArray()) values[index++] = Read(item);
        return values;
    }

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt32(out var whole)) return whole;
        if (element.TryGetInt64(out var large) && large is >= -LastExactInteger and <= LastExactInteger) return large;
        return element.GetDouble();
    }

    private static object? ReadObject(JsonElement element)
    {
        if (!element.TryGetProperty("$type", out var type)) return ReadProperties(element, "");
        switch (type.GetString())
        {
            case "PSObject":
                return ReadProperties(element.GetProperty("properties"), element.GetProperty("$typeName").GetString()!);
            case "System.Collections.Hashtable":
                var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
                foreach (var entry in element.GetProperty("entries").EnumerateObject()) table[entry.Name] = Read(entry.Value);
                return table;
            case "System.Management.Automation.PSCredential":
                return new PSCredential(
                    element.GetProperty("userName").GetString(), Passwords.Secure(element.GetProperty("password").GetString()!));
            case "System.Security.SecureString":
                return Passwords.Secure(element.GetProperty("value").GetString()!);
            case var name:
                return ScalarTypes.Parse(name!, element.GetProperty("value").GetString()!);
        }
    }

    private static PSObject ReadProperties(JsonElement element, string typeName)
    {
        var value = new PSObject();
        // The core has seen to it that the names are good and different.
        foreach (var property in element.EnumerateObject())
            value.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value)), preValidated: true);
        // Last: the members that the type has in PowerShell would have to be told apart from these.
        if (typeName != "") value.TypeNames.Insert(0, typeName);
        return value;
    }
}
