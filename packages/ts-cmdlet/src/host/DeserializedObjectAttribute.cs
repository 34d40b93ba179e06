using System.Collections;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>
/// Lets a parameter that takes objects by a type's name take those too that were written to a file or came from a job or another
/// computer: PowerShell has `Deserialized.` before the name of their type, and refuses them for PSTypeName.
/// </summary>
/// <param name="typeName">the name that PSTypeName asks for</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DeserializedObjectAttribute(string typeName) : ArgumentTransformationAttribute
{
    /// <summary>Has scripts find the attribute by the name that module-script.ts writes, where a module has such parameters.</summary>
    public static void Define(IDictionary settings)
    {
        if (settings["HasObjectParameters"] is true)
            TypeAccelerators.Define("TsCmdlet.DeserializedObject", typeof(DeserializedObjectAttribute));
    }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not IList list) return WithName(inputData);
        return list.Cast<object>().Any(IsDeserialized) ? list.Cast<object>().Select(WithName).ToArray() : inputData;
    }

    /// <summary>The object itself, or a copy that has the type's name too: the caller's own stays as it is.</summary>
    private object WithName(object value)
    {
        if (!IsDeserialized(value)) return value;
        var copy = ((PSObject)value).Copy();
        copy.TypeNames.Insert(0, typeName);
        return copy;
    }

    private bool IsDeserialized(object? value) =>
        value is PSObject given && given.TypeNames.Contains($"Deserialized.{typeName}", StringComparer.OrdinalIgnoreCase)
        && !given.TypeNames.Contains(typeName, StringComparer.OrdinalIgnoreCase);
}
