using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Numerics;
using System.Xml;

namespace TsCmdlet.Host;

/// <summary>A type that crosses as a text beside its name: `SCALAR_TYPES` of scalar-types.ts.</summary>
internal sealed record ScalarType(string Name, Func<object, string> ToText, Func<string, object?> FromText);

/// <summary>The types that cross as a text, but for passwords (<see cref="Passwords"/>).</summary>
internal static class ScalarTypes
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>
    /// The types whose text is not what ToString gives in invariant culture, or that PowerShell does not convert from it. Those of
    /// many objects are here as well: a conversion of PowerShell takes longer.
    /// </summary>
    private static readonly Dictionary<Type, ScalarType> Conversions = new()
    {
        [typeof(long)] = Of<long>(value => value.ToString(Invariant), text => long.Parse(text, Invariant)),
        [typeof(ulong)] = Of<ulong>(value => value.ToString(Invariant), text => ulong.Parse(text, Invariant)),
        // JSON has most of its values: the writer takes this form for what is not finite.
        [typeof(double)] = Of<double>(value => value.ToString(Invariant), text => double.Parse(text, Invariant)),
        [typeof(decimal)] = Of<decimal>(value => value.ToString(Invariant), text => decimal.Parse(text, Invariant)),
        [typeof(BigInteger)] = Of<BigInteger>(value => value.ToString(Invariant), text => BigInteger.Parse(text, Invariant)),
        [typeof(DateTime)] = Of<DateTime>(
            value => value.ToString("o", Invariant), text => DateTime.Parse(text, Invariant, DateTimeStyles.RoundtripKind)),
        [typeof(DateTimeOffset)] = Of<DateTimeOffset>(value => value.ToString("o", Invariant), text => DateTimeOffset.Parse(text, Invariant)),
        [typeof(TimeSpan)] = Of<TimeSpan>(value => value.ToString("c", Invariant), text => TimeSpan.ParseExact(text, "c", Invariant)),
        [typeof(Guid)] = Of<Guid>(value => value.ToString("D"), text => Guid.Parse(text)),
        [typeof(Uri)] = Of<Uri>(value => value.OriginalString, text => new Uri(text, UriKind.RelativeOrAbsolute)),
        [typeof(CultureInfo)] = Of<CultureInfo>(value => value.Name, text => CultureInfo.GetCultureInfo(text)),
        [typeof(byte[])] = Of<byte[]>(Convert.ToBase64String, Convert.FromBase64String),
        [typeof(XmlDocument)] = Of<XmlDocument>(value => value.OuterXml, LoadXml),
    };

    /// <summary>All types of the table that both sides have. Passwords are in it, and cross another way.</summary>
    private static readonly Dictionary<Type, ScalarType> ByType = Protocol.ScalarTypes
        .Select(name => LanguagePrimitives.ConvertTo<Type>(name))
        .ToDictionary(type => type, type => Conversions.GetValueOrDefault(type) ?? General(type));

    private static readonly Dictionary<string, ScalarType> ByName = ByType.Values.ToDictionary(type => type.Name);

    /// <summary>The scalar type of a value; null for a value of any other type.</summary>
    public static ScalarType? Of(object value)
    {
        if (ByType.TryGetValue(value.GetType(), out var found)) return found;
        // IPAddress.Loopback and its like are of a class of their own.
        return value is IPAddress ? ByType[typeof(IPAddress)] : null;
    }

    /// <summary>Makes the value of a wire form. Throws for a type that is not in the table, and for a text that is not of it.</summary>
    public static object? Parse(string name, string text) =>
        ByName.TryGetValue(name, out var type) ? type.FromText(text) : throw new FormatException($"there is no wire form of type '{name}'");

    private static ScalarType Of<T>(Func<T, string> toText, Func<string, T> fromText) where T : notnull =>
        new(typeof(T).FullName!, value => toText((T)value), text => fromText(text));

    private static ScalarType General(Type type) => new(
        type.FullName!,
        value => value is IFormattable text ? text.ToString(null, Invariant) : value.ToString()!,
        text => LanguagePrimitives.ConvertTo(text, type, Invariant));

    private static XmlDocument LoadXml(string text)
    {
        var document = new XmlDocument { XmlResolver = null, PreserveWhitespace = true };
        document.LoadXml(text);
        return document;
    }
}
