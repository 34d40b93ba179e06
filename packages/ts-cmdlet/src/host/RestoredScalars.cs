using System.Globalization;
using System.Management.Automation;
using System.Numerics;

namespace TsCmdlet.Host;

/// <summary>
/// Values that come from a file (Export-Clixml), a job or another computer: of types that PowerShell's serializer does not know
/// it keeps the text and the properties alone.
/// </summary>
internal static class RestoredScalars
{
    /// <summary>PowerShell's reference assembly does not have it.</summary>
    private static readonly Type SemanticVersion = LanguagePrimitives.ConvertTo<Type>("System.Management.Automation.SemanticVersion");

    /// <summary>Gives the value of a type that crosses as text (scalar-types.ts); null for any other object.</summary>
    public static object? Restore(PSObject value) => value.TypeNames[0] switch
    {
        // Its text is in the culture of the session that it comes from.
        "Deserialized.System.DateTimeOffset" =>
            value.Properties["UtcDateTime"]?.Value is DateTime time && value.Properties["Offset"]?.Value is TimeSpan offset
                ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToOffset(offset)
                : null,
        "Deserialized.System.Management.Automation.SemanticVersion" =>
            LanguagePrimitives.TryConvertTo(value.ToString(), SemanticVersion, CultureInfo.InvariantCulture, out var version) ? version : null,
        "Deserialized.System.Numerics.BigInteger" =>
            BigInteger.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };
}
