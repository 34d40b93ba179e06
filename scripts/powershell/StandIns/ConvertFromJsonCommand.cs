using System.Collections;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertFrom-Json.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> inputs = [];

    /// <summary>The JSON text; several lines of the pipeline are taken for one text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>Makes JSON objects ordered hashtables.</summary>
    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    /// <summary>How deep the text may be nested.</summary>
    [Parameter]
    public int Depth { get; set; } = 1024;

    /// <summary>Passes an array on as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => inputs.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string text = string.Join(Environment.NewLine, inputs);
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        var options = new JsonDocumentOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = Depth,
        };
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, options);
            WriteObject(ToValue(document.RootElement), enumerateCollection: !NoEnumerate);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"Conversion from JSON failed: {exception.Message}", exception);
        }
    }

    private object? ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when AsHashtable => ToTable(element),
        JsonValueKind.Object => ToObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ToValue).ToArray(),
        JsonValueKind.String => ToStringOrTime(element),
        JsonValueKind.Number => ToNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private OrderedHashtable ToTable(JsonElement element)
    {
        var table = new OrderedHashtable();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            table[property.Name] = ToValue(property.Value);
        }

        return table;
    }

    private PSObject ToObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(property.Name, ToValue(property.Value)));
        }

        return result;
    }

    // Texts in the full form of ISO 8601 become times, as with the real cmdlet.
    private static object? ToStringOrTime(JsonElement element)
    {
        string text = element.GetString()!;
        return text.Length >= 19 && text[10] == 'T' && element.TryGetDateTime(out DateTime time) ? time : text;
    }

    private static object ToNumber(JsonElement element)
    {
        string text = element.GetRawText();
        if (element.TryGetInt64(out long number))
        {
            return number;
        }

        return text.AsSpan().ContainsAny(".eE") ? element.GetDouble() : BigInteger.Parse(text);
    }
}
