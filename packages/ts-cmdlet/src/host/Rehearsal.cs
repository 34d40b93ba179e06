using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>
/// Has .NET compile what the first answer of a core needs, while that core starts: nobody waits for it then. .NET compiles a
/// method when it is first called.
/// </summary>
internal static class Rehearsal
{
    private static readonly Type[] Parts =
    [
        typeof(CoreChannel), typeof(LineReader), typeof(Member), typeof(CoreCall), typeof(CoreRequests), typeof(Core), typeof(CoreGuard),
        typeof(CoreStarter), typeof(CoreProcess), typeof(Stopping), typeof(PrintedText), typeof(WireReader), typeof(ScalarTypes), typeof(Records),
    ];

    private static int isDone;

    /// <summary>Goes on until all is compiled, or the core is there. Only the first core of a session needs it.</summary>
    public static void While(Func<bool> isCoreAwaited)
    {
        if (Interlocked.Exchange(ref isDone, 1) != 0) return;
        if (isCoreAwaited()) ReadObject();
        foreach (var method in Parts.SelectMany(MethodsOf))
        {
            if (!isCoreAwaited()) return;
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
    }

    /// <summary>The code of .NET and PowerShell that reads an object, and the table of the types, are ready once one was read.</summary>
    private static void ReadObject()
    {
        using var document = JsonDocument.Parse("""[{"a":"b","c":[1,true,null,{"$type":"System.DateTime","value":"2000-01-01"}]}]"""u8.ToArray());
        WireReader.ReadArray(document.RootElement);
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return type.GetMethods(declared).Where(method => !method.IsAbstract && !method.ContainsGenericParameters);
    }
}
