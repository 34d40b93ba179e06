using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Object for .NET types.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    // The language's own "new" picks and converts as the real cmdlet does.
    private static readonly ScriptBlock Construct = ScriptBlock.Create(
        "param($type, $arguments) , $type::new.Invoke($arguments)");

    /// <summary>The type's name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = string.Empty;

    /// <summary>The constructor's arguments.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    /// <summary>Values for the new object's properties.</summary>
    [Parameter]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            string message = $"Cannot find type [{TypeName}]: verify that its assembly is loaded.";
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException(message, nameof(TypeName)),
                "TypeNotFound",
                ErrorCategory.InvalidType,
                targetObject: null));
        }

        object created = Create(type);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            SetProperty(created, entry);
        }

        WriteObject(created);
    }

    private object Create(Type type)
    {
        try
        {
            return ArgumentList.Length == 0 ? Activator.CreateInstance(type)! : Construct.Invoke(type, ArgumentList)[0];
        }
        catch (MissingMethodException exception)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"No constructor of {TypeName} takes these arguments.", exception),
                "CannotFindAppropriateCtor",
                ErrorCategory.ObjectNotFound,
                targetObject: null));
            throw;
        }
        catch (RuntimeException exception)
        {
            ThrowTerminatingError(new ErrorRecord(
                exception.InnerException ?? exception,
                "ConstructorInvokedThrowException",
                ErrorCategory.InvalidOperation,
                targetObject: null));
            throw;
        }
    }

    private void SetProperty(object created, DictionaryEntry entry)
    {
        PSPropertyInfo? property = PSObject.AsPSObject(created).Properties[$"{entry.Key}"];
        if (property is null)
        {
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException($"The .NET object has no member named {entry.Key}."),
                "InvalidOperationException",
                ErrorCategory.InvalidOperation,
                targetObject: null));
        }

        property!.Value = entry.Value;
    }
}
