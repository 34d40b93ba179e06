using System.Collections;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace TsCmdlet.Host;

/// <summary>
/// Makes the enums of a module. A .NET type stays in its process, and a name finds the oldest type that has it. So the module's
/// script names each by a type accelerator, which has a hash of the values in it (about_Classes, "Exporting classes with type
/// accelerators"): versions of a module whose values differ have types of their own, all others share one, and what a person
/// sees is the plain name.
/// </summary>
internal static class EnumTypes
{
    /// <summary>Makes those that the process has not yet.</summary>
    /// <param name="enums">the full name and the values of each, by its accelerator</param>
    public static void Define(IDictionary enums)
    {
        // No LINQ and no lambdas: what an import runs is compiled by the import (docs/decisions/0003-compiled-host.md).
        foreach (DictionaryEntry each in enums)
        {
            if (TypeAccelerators.Has((string)each.Key)) continue;
            var definition = (IDictionary)each.Value!;
            TypeAccelerators.Define((string)each.Key, Make((string)definition["Name"]!, (object[])definition["Values"]!));
        }
    }

    private static Type Make(string name, object[] values)
    {
        // PowerShell finds by name only what is in the default load context.
        using var scope = AssemblyLoadContext.Default.EnterContextualReflection();
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);
        var type = assembly.DefineDynamicModule(name).DefineEnum(name, TypeAttributes.Public, typeof(int));
        for (var number = 0; number < values.Length; number++) type.DefineLiteral((string)values[number], number);
        return type.CreateType();
    }
}
