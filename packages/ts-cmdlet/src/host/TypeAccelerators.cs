using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>The names by which a module's script finds types that PowerShell finds by no other. They are those of the process.</summary>
internal static class TypeAccelerators
{
    /// <summary>Adds the names that the process has not yet, and makes their types. Returns what each name stands for.</summary>
    public static Type[] Define(IEnumerable<(string Name, Func<Type> Make)> types)
    {
        var accelerators = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators", throwOnError: true)!;
        var known = (IDictionary<string, Type>)accelerators.GetProperty("Get")!.GetValue(null)!;
        var add = accelerators.GetMethod("Add", [typeof(string), typeof(Type)])!;
        // Runspaces import at once, with hosts of several modules: this object is the same for all.
        lock (accelerators)
        {
            return [.. types.Select(each =>
            {
                if (known.TryGetValue(each.Name, out var type)) return type;
                type = each.Make();
                add.Invoke(null, [each.Name, type]);
                return type;
            })];
        }
    }
}
