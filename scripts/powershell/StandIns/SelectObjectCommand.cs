using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using EmbeddedPowerShell;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-Object: takes some objects of the pipeline, or some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> lastObjects = [];
    private int skippedCount;
    private int streamedCount;

    /// <summary>The object to select from.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = AutomationNull.Value;

    /// <summary>The properties to take: names, wildcards, script blocks, or tables with Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    /// <summary>The property whose value or values are passed on by themselves.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>How many objects to take from the start.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    /// <summary>How many objects to take from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>How many objects to leave out: from the start, or with -Last alone from the end.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>Lets the upstream commands run to their end.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private bool IsLimited =>
        MyInvocation.BoundParameters.ContainsKey("First") || MyInvocation.BoundParameters.ContainsKey("Last");

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
        {
            return;
        }

        bool isFromEnd = Last > 0 && First == 0;
        if (!isFromEnd && skippedCount < Skip)
        {
            skippedCount++;
        }
        else if (!isFromEnd && (!IsLimited || streamedCount < First))
        {
            streamedCount++;
            Select(InputObject);
        }
        else if (Last > 0)
        {
            lastObjects.Enqueue(InputObject);
            if (lastObjects.Count > (isFromEnd ? Last + Skip : Last))
            {
                lastObjects.Dequeue();
            }
        }

        if (First > 0 && Last == 0 && streamedCount >= First && !Wait)
        {
            throw EngineInternals.StopUpstreamCommands(this);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        while (lastObjects.Count > (First == 0 ? Skip : 0))
        {
            Select(lastObjects.Dequeue());
        }
    }

    private void Select(PSObject source)
    {
        if (Property.Length == 0 && string.IsNullOrEmpty(ExpandProperty))
        {
            Write(source);
            return;
        }

        PSNoteProperty[] selected = [.. Property.SelectMany(property => Evaluate(property, source))];
        if (string.IsNullOrEmpty(ExpandProperty))
        {
            var result = new PSObject();
            AddProperties(result, selected, source, "AlreadyExistingUserSpecifiedPropertyNoExpand");
            Write(result);
        }
        else
        {
            Expand(ExpandProperty, source, selected);
        }
    }

    private void Write(PSObject selected)
    {
        string typeName = $"Selected.{InputObject.BaseObject.GetType()}";
        if (selected.ImmediateBaseObject is PSCustomObject && !selected.TypeNames.Contains(typeName))
        {
            selected.TypeNames.Insert(0, typeName);
        }

        WriteObject(selected);
    }

    private static IEnumerable<PSNoteProperty> Evaluate(object property, PSObject source)
    {
        (string? name, PSPropertyExpression expression) = ToExpression(property);
        var values = expression.ResolveNames(source).SelectMany(resolved => resolved.GetValues(source)).ToList();
        if (values.Count == 0 && !expression.HasWildCardCharacters)
        {
            // A property that the object lacks is selected all the same, and is null.
            values.Add(new PSPropertyExpressionResult(null, expression, null));
        }

        return values.Select(value => new PSNoteProperty(name ?? value.ResolvedExpression.ToString(), value.Result));
    }

    private static (string? Name, PSPropertyExpression Expression) ToExpression(object property)
    {
        object value = property is PSObject wrapped ? wrapped.BaseObject : property;
        return value switch
        {
            IDictionary table =>
                (GetEntry(table, "Name", "Label") as string, ToExpression(GetEntry(table, "Expression")!).Expression),
            ScriptBlock script => (null, new PSPropertyExpression(script)),
            _ => (null, new PSPropertyExpression($"{value}")),
        };
    }

    private static object? GetEntry(IDictionary table, params string[] names) => table.Cast<DictionaryEntry>()
        .FirstOrDefault(entry => names.Any(name => name.StartsWith($"{entry.Key}", StringComparison.OrdinalIgnoreCase)))
        .Value;

    private void Expand(string name, PSObject source, PSNoteProperty[] selected)
    {
        List<PSPropertyExpressionResult> values = new PSPropertyExpression(name).GetValues(source);
        if (values.Count != 1 || values[0].Exception is not null)
        {
            // The third id is misspelt in the real cmdlet as well.
            (string id, string reason) = values.Count switch
            {
                0 => ("ExpandPropertyNotFound", "cannot be found"),
                1 => ("PropertyEvaluationExpand", "cannot be read"),
                _ => ("MutlipleExpandProperties", "stands for several properties"),
            };
            WriteError(new ErrorRecord(
                values.FirstOrDefault()?.Exception ?? new PSArgumentException($"Property \"{name}\" {reason}."),
                id,
                values.Count == 1 ? ErrorCategory.InvalidResult : ErrorCategory.InvalidArgument,
                source));
            return;
        }

        IEnumerable elements = LanguagePrimitives.GetEnumerable(values[0].Result) ?? new[] { values[0].Result };
        foreach (object? element in elements)
        {
            if (element is not null)
            {
                PSObject expanded = element as PSObject ?? new PSObject(element);
                AddProperties(expanded, selected, source, "AlreadyExistingUserSpecifiedPropertyExpand");
                Write(expanded);
            }
        }
    }

    private void AddProperties(PSObject target, PSNoteProperty[] properties, PSObject source, string errorId)
    {
        foreach (PSNoteProperty property in properties)
        {
            if (target.Properties[property.Name] is null)
            {
                target.Properties.Add(property);
            }
            else
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException($"There is a property named {property.Name} already.", "Property"),
                    errorId,
                    ErrorCategory.InvalidOperation,
                    source));
            }
        }
    }
}
