using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Calls functions of the module's own PowerShell for the core.</summary>
/// <param name="settings">names the functions that may be called</param>
/// <param name="invoke">script of the module that calls one of its functions with named arguments</param>
internal sealed class HostFunctions(HostSettings settings, ScriptBlock invoke)
{
    private const int ServerError = -32000;

    /// <summary>How many characters of an error's text the core gets, as it gives back (LONGEST_TEXT of records.ts).</summary>
    private const int LongestText = 1_000_000;

    /// <summary>
    /// Calls a function. Gives the answer to the core's request, with what the function returned or with its error; what the
    /// core cannot be handed is an error too.
    /// </summary>
    public ClearedBuffer Call(int id, string name, Member arguments)
    {
        if (!settings.HostFunctions.Contains(name)) return ErrorAnswer(id, Unknown(name));
        try
        {
            var named = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var (argument, value) in arguments.Members) named[argument] = WireReader.Read(value.Element);
            return ResultAnswer(id, name, invoke.InvokeReturnAsIs(name, named));
        }
        catch (Failure failure)
        {
            return ErrorAnswer(id, failure.Record);
        }
        catch (Exception error) when (error is not (MalformedMessage or PipelineStoppedException or FlowControlException))
        {
            // Also what the members of the returned object throw when they are read. The core deals with it, or the call ends with its own.
            SessionErrors.Remove(settings.Module.SessionState, error);
            return ErrorAnswer(id, Records.Of(error));
        }
    }

    private ClearedBuffer ResultAnswer(int id, string name, object? returned)
    {
        var isNothing = ReferenceEquals(returned, AutomationNull.Value);
        var buffer = Answer(id, "result", json => new WireWriter(json, Place.OfResult(name), settings.Name).Write(isNothing ? null : returned));
        if (buffer.Length < Protocol.MaximumLine) return buffer;
        buffer.Dispose();
        throw new Failure(Records.Error(
            "MessageTooLong", ErrorCategory.LimitsExceeded,
            $"What {name} returned is too long for the core of {settings.Name}: {buffer.Length + 1} bytes, where {Protocol.MaximumLine} are allowed.",
            "This is a fault of the module, not of the call: report it.", name));
    }

    private static ClearedBuffer ErrorAnswer(int id, ErrorRecord record) => Answer(id, "error", json =>
    {
        var details = record.ErrorDetails;
        json.WriteStartObject();
        json.WriteNumber("code", ServerError);
        json.WriteString("message", Short(record.FullyQualifiedErrorId));
        json.WriteStartObject("data");
        json.WriteString("errorId", Short(record.FullyQualifiedErrorId.Split(',')[0]));
        json.WriteString("category", record.CategoryInfo.Category.ToString());
        json.WriteString("message", Short(details?.Message ?? record.Exception.Message));
        json.WriteString("recommendedAction", Short(details?.RecommendedAction ?? "Report this."));
        json.WriteString("targetObject", Short(LanguagePrimitives.ConvertTo<string>(record.TargetObject) ?? ""));
        json.WriteString("exceptionType", record.Exception.GetType().FullName);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static ClearedBuffer Answer(int id, string member, Action<Utf8JsonWriter> write)
    {
        var buffer = new ClearedBuffer();
        try
        {
            using var json = new Utf8JsonWriter(buffer, WireWriter.Options);
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteNumber("id", id);
            json.WritePropertyName(member);
            write(json);
            json.WriteEndObject();
            json.Flush();
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static string Short(string text) => text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";

    private ErrorRecord Unknown(string name) => Records.Error(
        "HostFunctionUnknown", ErrorCategory.ProtocolError,
        $"The core of {settings.Name} asked for '{name}', which it may not call.",
        "Its files may be of different versions: install the module again, then start a new session.", name);
}
