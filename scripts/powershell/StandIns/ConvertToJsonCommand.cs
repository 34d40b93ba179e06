using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> inputs = [];
    private bool isTruncationReported;

    /// <summary>What is converted; several objects become one array.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>How many levels of objects are converted; what lies deeper becomes text.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Leaves out indentation and line ends.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <summary>Makes one object an array too.</summary>
    [Parameter]
    public SwitchParameter AsArray { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => inputs.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (inputs.Count == 0)
        {
            return;
        }

        using var stream = new MemoryStream();
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        var options = new JsonWriterOptions { Indented = !Compress, Encoder = encoder };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            WriteValue(writer, inputs.Count > 1 || AsArray ? inputs : inputs[0], depth: 0);
        }

        WriteObject(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null or DBNull:
                writer.WriteNullValue();
                break;
            case string or char or Guid or Uri:
                writer.WriteStringValue(plain.ToString());
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case Enum constant:
                writer.WriteNumberValue(Convert.ToDecimal(constant, CultureInfo.InvariantCulture));
                break;
            case float number:
                WriteNumber(writer, number);
                break;
            case double number:
                WriteNumber(writer, number);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case decimal:
            case object when plain.GetType().IsPrimitive:
                writer.WriteNumberValue(Convert.ToDecimal(plain, CultureInfo.InvariantCulture));
                break;
            case object when depth > Depth:
                WriteTruncated(writer, plain is PSCustomObject ? value! : plain);
                break;
            case IDictionary table:
                var entries = table.Cast<DictionaryEntry>();
                WriteObject(writer, entries.Select(entry => ($"{entry.Key}", entry.Value)), depth);
                break;
            case IEnumerable elements:
                WriteArray(writer, elements, depth);
                break;
            default:
                var properties = PSObject.AsPSObject(value!).Properties;
                WriteObject(writer, properties.Select(property => (property.Name, Read(property))), depth);
                break;
        }
    }

    // A whole number of a floating-point type is written as 1.0.
    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        const double LargestExact = 1e15;
        if (double.IsInteger(number) && Math.Abs(number) < LargestExact)
        {
            writer.WriteNumberValue((decimal)number + 0.0m);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    private static object? Read(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private void WriteObject(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> properties, int depth)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in properties)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private void WriteArray(Utf8JsonWriter writer, IEnumerable elements, int depth)
    {
        writer.WriteStartArray();
        foreach (object? element in elements)
        {
            WriteValue(writer, element, depth + 1);
        }

        writer.WriteEndArray();
    }

    private void WriteTruncated(Utf8JsonWriter writer, object value)
    {
        if (!isTruncationReported)
        {
            isTruncationReported = true;
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        }

        writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
    }
}
