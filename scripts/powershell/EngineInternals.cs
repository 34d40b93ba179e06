using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace EmbeddedPowerShell;

/// <summary>What pwsh reaches in the engine as a friend assembly, and this host by reflection.</summary>
internal static class EngineInternals
{
    private const string Formatting = "Microsoft.PowerShell.Commands.Internal.Format.";
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Has the next script's <c>exit</c> end the host instead of setting $LASTEXITCODE alone.</summary>
    public static void RethrowExit(Runspace runspace) =>
        Set(Get(runspace, "ExecutionContext"), "ScriptCommandProcessorShouldRethrowExit", true);

    /// <summary>Marks an error as an object of the error stream, so that Out-Default shows it as one.</summary>
    public static PSObject ToErrorStreamObject(ErrorRecord error)
    {
        var wrapped = new PSObject(error);
        Set(wrapped, "WriteStream", Enum.Parse(FindType("System.Management.Automation.WriteStreamType"), "Error"));
        return wrapped;
    }

    /// <summary>Has an error record keep the invocation of a cmdlet's caller in place of the cmdlet's own.</summary>
    public static void SetInvocation(ErrorRecord error, InvocationInfo invocation)
    {
        Call(error, "SetInvocationInfo", invocation);
        Set(error, "PreserveInvocationInfoOnce", true);
    }

    /// <summary>Makes the exception by which a cmdlet stops the commands that feed it.</summary>
    public static Exception StopUpstreamCommands(Cmdlet cmdlet) =>
        (Exception)Create("System.Management.Automation.StopUpstreamCommandsException", cmdlet);

    /// <summary>Gives a format cmdlet the engine's formatter for a shape: Table or List.</summary>
    public static void SetFormatter(FrontEndCommandBase cmdlet, string shape)
    {
        object shapeValue = Enum.Parse(FindType(Formatting + "FormatShape"), shape);
        SetImplementation(cmdlet, Create(Formatting + "InnerFormatShapeCommand", shapeValue));
    }

    /// <summary>Has the engine's formatter write lines to a callback; returns the writer to flush.</summary>
    public static TextWriter SetLineWriter(
        FrontEndCommandBase cmdlet, Action<string> takeLine, CultureInfo culture, int width)
    {
        Type callbackType = FindType(Formatting + "StreamingTextWriter+WriteLineCallback");
        var callback = Delegate.CreateDelegate(callbackType, takeLine.Target, takeLine.Method);
        var writer = (TextWriter)Create(Formatting + "StreamingTextWriter", callback, culture);
        object manager = Create(Formatting + "OutputManagerInner");
        Set(manager, "LineOutput", Create(Formatting + "TextWriterLineOutput", writer, width));
        SetImplementation(cmdlet, manager);
        return writer;
    }

    /// <summary>Serves a background job (Start-Job) over the standard streams, until it ends.</summary>
    public static void ServeJob(string initialScript) =>
        FindType("System.Management.Automation.Remoting.Server.StdIOProcessMediator")
            .GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic)!
            .Invoke(null, [initialScript, null, null, null, false]);

    /// <summary>Starts the engine's transcript.</summary>
    public static void StartTranscribing(PSHostUserInterface ui, string file, bool useMinimalHeader) =>
        Call(ui, "StartTranscribing", file, null, false, useMinimalHeader);

    /// <summary>Ends the engine's transcript; returns its file.</summary>
    public static string StopTranscribing(PSHostUserInterface ui) => (string)Call(ui, "StopTranscribing")!;

    private static void SetImplementation(FrontEndCommandBase cmdlet, object implementation) =>
        typeof(FrontEndCommandBase).GetField("implementation", Members)!.SetValue(cmdlet, implementation);

    private static Type FindType(string name) => typeof(PSObject).Assembly.GetType(name, throwOnError: true)!;

    private static object Create(string typeName, params object[] args) =>
        Activator.CreateInstance(FindType(typeName), Members, binder: null, args, culture: null)!;

    private static object Get(object target, string property) => FindProperty(target, property).GetValue(target)!;

    private static void Set(object target, string property, object value) =>
        FindProperty(target, property).SetValue(target, value);

    private static PropertyInfo FindProperty(object target, string name) =>
        target.GetType().GetProperty(name, Members)
            ?? throw new MissingMemberException(target.GetType().FullName, name);

    private static object? Call(object target, string name, params object?[] args)
    {
        MethodInfo method = target.GetType().GetMethod(name, Members)
            ?? throw new MissingMethodException(target.GetType().FullName, name);
        return method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
