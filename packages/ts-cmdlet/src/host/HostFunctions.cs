using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Calls functions of the module's own PowerShell for the core.</summary>
/// <param name="settings">names the functions that may be called</param>
/// <param name="invoke">script of the module that calls one of its functions with named arguments</param>
internal sealed class HostFunctions(HostSettings settings, ScriptBlock invoke)
{
    private const int ServerError = -32000;

    /// <summary>Calls a function. Gives the JSON of what it returned or of its error, and the member of the answer that it is.</summary>
    public (string Member, string Json) Call(string name, Member arguments)
    {
        var named = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (argument, value) in arguments.Members) named[argument] = WireReader.Read(value.Element);
        try
        {
            if (!settings.HostFunctions.Contains(name)) throw new Failure(Unknown(name));
            var returned = invoke.InvokeReturnAsIs(name, named);
            return ("result", JsonSerializer.Serialize(Plain(returned), typeof(object)));
        }
        catch (Exception error) when (error is Failure or (RuntimeException and not PipelineStoppedException))
        {
            var record = error is Failure failure ? failure.Record : ((RuntimeException)error).ErrorRecord;
            return ("error", JsonSerializer.Serialize(WireError(record), typeof(object)));
        }
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static Hashtable WireError(ErrorRecord record)
    {
        var details = record.ErrorDetails;
        return new Hashtable
        {
            ["code"] = ServerError,
            ["message"] = record.Exception.Message,
            ["data"] = new Hashtable
            {
                ["errorId"] = record.FullyQualifiedErrorId.Split(',')[0],
                ["category"] = record.CategoryInfo.Category.ToString(),
                ["message"] = details?.Message ?? record.Exception.Message,
                ["recommendedAction"] = details is null ? "Report this." : details.RecommendedAction,
                ["targetObject"] = LanguagePrimitives.ConvertTo<string>(record.TargetObject) ?? "",
                ["exceptionType"] = record.Exception.GetType().FullName,
            },
        };
    }

    private ErrorRecord Unknown(string name) => Records.Error(
        "HostFunctionUnknown", ErrorCategory.ProtocolError,
        $"The core of {settings.Name} asked for '{name}', which it may not call.",
        "Its files may be of different versions: install the module again, then start a new session.", name);
}
