using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>The names by which a module's script finds types that PowerShell finds by no other. They are those of the process.</summary>
internal static class TypeAccelerators
{
    private static readonly Type Accelerators =
        typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators", throwOnError: true)!;

    // Delegates, because .NET compiles code for a call by reflection.
    private static readonly Func<Dictionary<string, Type>> Known =
        Accelerators.GetProperty("Get")!.GetMethod!.CreateDelegate<Func<Dictionary<string, Type>>>();

    private static readonly Action<string, Type> Add =
        Accelerators.GetMethod("Add", [typeof(string), typeof(Type)])!.CreateDelegate<Action<string, Type>>();

    /// <summary>Whether the process has a name.</summary>
    public static bool Has(string name)
    {
        lock (Accelerators) return Known().ContainsKey(name);
    }

    /// <summary>Adds a name that the process has not yet. Returns what the name stands for.</summary>
    public static Type Define(string name, Type type)
    {
        // Runspaces import at once, with hosts of several modules: this object is the same for all.
        lock (Accelerators)
        {
            if (Known().TryGetValue(name, out var known)) return known;
            Add(name, type);
            return type;
        }
    }
}
