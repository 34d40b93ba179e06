using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>The names by which a module's script finds types that PowerShell finds by no other. They are those of the process.</summary>
internal static class TypeAccelerators
{
    private static readonly Type Accelerators =
        typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators", throwOnError: true)!;

    /// <summary>Adds a name that the process has not yet, and makes its type. Returns what the name stands for.</summary>
    public static Type Define(string name, Func<Type> make)
    {
        // Runspaces import at once, with hosts of several modules: this object is the same for all.
        lock (Accelerators)
        {
            // Delegates, because .NET compiles code for a call by reflection.
            var known = Accelerators.GetProperty("Get")!.GetMethod!.CreateDelegate<Func<Dictionary<string, Type>>>()();
            if (known.TryGetValue(name, out var type)) return type;
            type = make();
            Accelerators.GetMethod("Add", [typeof(string), typeof(Type)])!.CreateDelegate<Action<string, Type>>()(name, type);
            return type;
        }
    }
}
