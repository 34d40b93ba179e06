using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Writes one value as the core reads it (values.ts).</summary>
internal sealed class WireWriter(Utf8JsonWriter json, Place place, string module)
{
    private static readonly string[] PlatformNamespaces = ["System.", "Microsoft.PowerShell.", "Microsoft.Management.", "Microsoft.Win32."];

    /// <summary>What a message is written with.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What the value that is written now is inside of.</summary>
    private readonly List<object> above = [];

    /// <summary>Writes a value. Throws <see cref="Failure"/> for one that cannot cross.</summary>
    public void Write(object? value)
    {
        var unwrapped = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (unwrapped)
        {
            case string text: WriteText(text); break;
            case null: json.WriteNullValue(); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case SwitchParameter given: json.WriteBooleanValue(given.ToBool()); break;
            case Enum or char: WriteText(unwrapped.ToString()!); break;
            case int or byte or sbyte or short or ushort: json.WriteNumberValue(Convert.ToInt32(unwrapped)); break;
            case uint whole: json.WriteNumberValue(whole); break;
            case double real when double.IsFinite(real): json.WriteNumberValue(real); break;
            case float real when float.IsFinite(real): json.WriteNumberValue(real); break;
            case double or float: WriteScalar("System.Double", () => WriteText(Convert.ToDouble(unwrapped).ToString(CultureInfo.InvariantCulture))); break;
            case SecretText secret: WritePassword(secret.Value); break;
            case PSCredential credential: WriteCredential(credential); break;
            case SecureString password: WriteScalar("System.Security.SecureString", () => WritePassword(password)); break;
            default:
                if (ScalarTypes.Of(unwrapped) is { } scalar) WriteScalar(scalar.Name, () => WriteText(scalar.ToText(unwrapped)));
                else WriteInside(value!, unwrapped);
                break;
        }
    }

    private void WriteText(string text)
    {
        RefuseHalfCharacters(text);
        json.WriteStringValue(text);
    }

    private void WriteName(string name)
    {
        RefuseHalfCharacters(name);
        json.WritePropertyName(name);
    }

    private void WriteScalar(string type, Action writeValue)
    {
        json.WriteStartObject();
        json.WriteString("$type", type);
        json.WritePropertyName("value");
        writeValue();
        json.WriteEndObject();
    }

    private void WriteCredential(PSCredential credential)
    {
        json.WriteStartObject();
        json.WriteString("$type", "System.Management.Automation.PSCredential");
        json.WritePropertyName("userName");
        WriteText(credential.UserName);
        json.WritePropertyName("password");
        WritePassword(credential.Password);
        json.WriteEndObject();
    }

    /// <summary>The writer of JSON keeps texts that it has to escape in memory of its own, so this one comes to it as bytes.</summary>
    private void WritePassword(SecureString password) => Passwords.Use(password, characters =>
    {
        RefuseHalfCharacters(characters);
        using var text = new ClearedBuffer();
        JsonText.Write(characters, text);
        json.WriteRawValue(text.Bytes.AsSpan(0, text.Length), skipInputValidation: true);
    });

    /// <summary>Writes a list, a dictionary or an object with properties.</summary>
    private void WriteInside(object value, object unwrapped)
    {
        // All custom objects have the same base object: what tells them apart is the wrapping.
        var identity = unwrapped is PSCustomObject ? value : unwrapped;
        if (above.Any(outer => ReferenceEquals(outer, identity))) throw CannotCross("A value that holds itself");
        if (above.Count >= Protocol.MaximumDepth) throw CannotCross($"What is nested deeper than {Protocol.MaximumDepth} levels");
        above.Add(identity);
        if (unwrapped is IDictionary table) WriteTable(table);
        else if (IsList(unwrapped, out var element)) WriteList((IEnumerable)unwrapped, element);
        else if (unwrapped is ErrorRecord record) WriteErrorRecord(record);
        else WriteObject(value, unwrapped);
        above.RemoveAt(above.Count - 1);
    }

    private void WriteTable(IDictionary table)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        json.WriteStartObject();
        json.WriteString("$type", "System.Collections.Hashtable");
        json.WriteStartObject("entries");
        foreach (DictionaryEntry entry in table)
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            place.Enter(name);
            if (!names.Add(name)) throw CannotCross("One of two keys that differ in case alone");
            WriteName(name);
            Write(entry.Value);
            place.Leave();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Whether a value is a list, and of which type. An array of several dimensions is not.</summary>
    private static bool IsList(object value, out Type element)
    {
        var type = value.GetType();
        var collection = type.GetInterface("System.Collections.Generic.ICollection`1");
        element = collection?.GenericTypeArguments[0] ?? typeof(object);
        return (value is ICollection || collection is not null) && !(type.IsArray && type.GetArrayRank() > 1);
    }

    private void WriteList(IEnumerable list, Type element)
    {
        var hasNull = element == typeof(object) || element == typeof(PSObject) || Nullable.GetUnderlyingType(element) is not null;
        var index = 0;
        json.WriteStartArray();
        foreach (var item in list)
        {
            place.Enter(index++);
            if (item is null && !hasNull) throw CannotCross($"A null among values of type {element.FullName}");
            Write(item);
            place.Leave();
        }
        json.WriteEndArray();
    }

    /// <summary>
    /// Writes what is known of an error. The text of the command that failed stays behind: a secret may have been typed into it.
    /// </summary>
    private void WriteErrorRecord(ErrorRecord record)
    {
        var called = record.InvocationInfo;
        BeginObject("System.Management.Automation.ErrorRecord");
        WriteProperty("FullyQualifiedErrorId", record.FullyQualifiedErrorId);
        WriteProperty("Category", record.CategoryInfo.Category.ToString());
        WriteProperty("Message", record.ToString());
        WriteProperty("RecommendedAction", record.ErrorDetails?.RecommendedAction ?? "");
        WriteProperty("TargetObject", LanguagePrimitives.ConvertTo<string>(record.TargetObject) ?? "");
        WriteProperty("ExceptionType", record.Exception.GetType().FullName);
        WriteProperty("InnerExceptions", InnerOf(record.Exception).Select(inner => $"{inner.GetType().FullName}: {inner.Message}").ToArray());
        WriteProperty("Data", TextsOf(record.Exception.Data));
        WriteProperty("Command", called?.MyCommand?.Name ?? "");
        WriteProperty("Module", called?.MyCommand?.ModuleName ?? "");
        WriteProperty("ScriptName", called?.ScriptName ?? "");
        WriteProperty("ScriptLineNumber", called?.ScriptLineNumber ?? 0);
        WriteProperty("ScriptStackTrace", record.ScriptStackTrace ?? "");
        EndObject();
    }

    private static IEnumerable<Exception> InnerOf(Exception outer)
    {
        var inner = outer is AggregateException several ? several.InnerExceptions : outer.InnerException is { } one ? [one] : (IEnumerable<Exception>)[];
        return inner.SelectMany(each => InnerOf(each).Prepend(each));
    }

    /// <summary>An exception's data may hold anything under anything: what is a text or a number counts.</summary>
    private static Hashtable TextsOf(IDictionary data)
    {
        var texts = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in data)
        {
            if (entry.Key is string name && entry.Value is string or ValueType) texts[name] = LanguagePrimitives.ConvertTo<string>(entry.Value);
        }
        return texts;
    }

    private void WriteObject(object value, object unwrapped)
    {
        // Classes of .NET hold handles, code and each other. Those of a script or of another module are made of properties.
        if (unwrapped is not PSCustomObject && IsOfPlatform(unwrapped.GetType()))
            throw CannotCross($"A value of type {unwrapped.GetType().FullName}");
        var wrapped = PSObject.AsPSObject(value);
        if (RestoredScalars.Restore(wrapped) is { } scalar)
        {
            Write(scalar);
            return;
        }
        BeginObject(WithoutPrefix(wrapped.TypeNames[0], "Deserialized."));
        foreach (var property in wrapped.Properties) WriteProperty(property.Name, property.Value);
        EndObject();
    }

    private void BeginObject(string typeName)
    {
        json.WriteStartObject();
        json.WriteString("$type", "PSObject");
        json.WritePropertyName("$typeName");
        WriteText(typeName);
        json.WriteStartObject("properties");
    }

    private void WriteProperty(string name, object? value)
    {
        place.Enter(name);
        WriteName(name);
        Write(value);
        place.Leave();
    }

    private void EndObject()
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>JSON has no halves of surrogate pairs, and would carry something else for them.</summary>
    private void RefuseHalfCharacters(ReadOnlySpan<char> text)
    {
        if (JsonText.IsUnicode(text)) return;
        throw new Failure(Records.Error(
            "TextNotUnicode", ErrorCategory.InvalidData, $"The text for {place} is not Unicode: it holds half of a surrogate pair.",
            "Pass the whole character, or leave it out.", place.ToString()));
    }

    private Failure CannotCross(string what) => new(Records.Error(
        "ValueCannotCross", ErrorCategory.InvalidType, $"{what} cannot be handed to the core of {module} for {place}.",
        place.Advice, place.ToString()));

    private static bool IsOfPlatform(Type type) =>
        PlatformNamespaces.Any(start => type.FullName?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true);

    private static string WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : text;
}
