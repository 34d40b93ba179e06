using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Does what the core asks and tells in the middle of a call: streams, questions, the module's own PowerShell.</summary>
internal sealed class CoreRequests(ModuleHost host, PSCmdlet cmdlet, Core core, Stopping stopping)
{
    /// <summary>Deals with one message of the core.</summary>
    public void Deal(JsonElement told, JsonElement message)
    {
        var method = told.ValueKind == JsonValueKind.String ? told.GetString()! : "";
        try
        {
            var whole = new Member(message, method);
            Deal(method, whole, whole["params"]);
        }
        catch (MalformedMessage)
        {
            throw core.Broken($"its message '{method}' lacks what such a message must have");
        }
        catch (Exception error) when (error is not (Failure or DownstreamError or PipelineStoppedException or FlowControlException or ScriptCallDepthException))
        {
            // Such as a question that a shell without a user cannot ask: in a script the next statement would run.
            cmdlet.ThrowTerminatingError(Records.Of(error));
        }
    }

    private void Deal(string method, Member message, Member parameters)
    {
        switch (method)
        {
            case Protocol.Output: WriteOutput(parameters["values"]); break;
            case Protocol.Error: cmdlet.WriteError(Records.Error(parameters["error"])); break;
            case Protocol.Warning: WriteWarning(parameters["message"].Text, parameters.Find("mustBeSeen") is not null); break;
            case Protocol.Verbose: cmdlet.WriteVerbose(parameters["message"].Text); break;
            case Protocol.Debug: cmdlet.WriteDebug(parameters["message"].Text); break;
            case Protocol.Information: WriteInformation(parameters); break;
            case Protocol.Progress: cmdlet.WriteProgress(Records.Progress(parameters)); break;
            case Protocol.ShouldProcess:
                var (target, action) = (parameters["target"].Text, parameters["action"].Text);
                var isAsked = message.Find("id") is not null;
                var decision = cmdlet.ShouldProcess(target, action);
                if (isAsked) Answer(message, decision ? "true" : "false");
                break;
            case Protocol.ShouldContinue:
                var (query, caption) = (parameters["query"].Text, parameters["caption"].Text);
                Answer(message, cmdlet.ShouldContinue(query, caption) ? "true" : "false");
                break;
            case Protocol.TotalCount: WriteTotalCount(parameters); break;
            case Protocol.Culture:
                var (culture, uiCulture) = (CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name);
                Answer(message, $$"""{"culture":{{JsonSerializer.Serialize(culture)}},"uiCulture":{{JsonSerializer.Serialize(uiCulture)}}}""");
                break;
            case Protocol.Proxy: Answer(message, JsonSerializer.Serialize(DefaultProxy.For(parameters["address"].Text, cmdlet.SessionState))); break;
            case Protocol.EndCore: core.IsDone = true; break;
            case Protocol.HostPing: Answer(message, "{}"); break;
            case Protocol.CallFunction:
                using (var answer = host.Functions.Call(message["id"].WholeNumber, parameters["function"].Text, parameters["arguments"]))
                    core.Channel.Send(answer, stopping);
                break;
            default: throw core.Broken($"it asked for '{method}', which this version of the module does not know");
        }
    }

    private void WriteOutput(Member values)
    {
        object?[] objects;
        try
        {
            objects = values.Element.ValueKind == JsonValueKind.Array ? WireReader.ReadArray(values.Element) : throw values.Malformed();
        }
        catch (Exception error) when (error is not MalformedMessage)
        {
            throw new Failure(Records.Error(
                "ValueNotReadable", ErrorCategory.InvalidData,
                $"The core of {host.Settings.Name} wrote an object that PowerShell cannot make: {error.GetBaseException().Message}",
                "This is a fault of the module, not of the call: report it.", cmdlet.MyInvocation.MyCommand.Name));
        }
        try
        {
            cmdlet.WriteObject(objects, enumerateCollection: true);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw new DownstreamError(error);
        }
    }

    /// <summary>Writes how many objects there are without paging, where -IncludeTotalCount asks for it: a number with Accuracy.</summary>
    private void WriteTotalCount(Member parameters)
    {
        if (cmdlet.PagingParameters is not { IncludeTotalCount.IsPresent: true } paging) return;
        if (!parameters["count"].Element.TryGetUInt64(out var count) || !parameters["accuracy"].Element.TryGetDouble(out var accuracy))
            throw parameters.Malformed();
        cmdlet.WriteObject(paging.NewTotalCount(count, accuracy));
    }

    private void WriteInformation(Member parameters)
    {
        var message = parameters["message"].Text;
        var tags = new List<string>();
        foreach (var tag in parameters["tags"].Items) tags.Add(new Member(tag, Protocol.Information).Text);
        cmdlet.WriteInformation(message, [.. tags]);
    }

    private void WriteWarning(string message, bool mustBeSeen)
    {
        cmdlet.WriteWarning(message);
        if (mustBeSeen) ShowSilenced(message);
    }

    /// <summary>Puts a warning that its user has to act on on the screen, where warnings are silent and no progress is shown.</summary>
    private void ShowSilenced(string message)
    {
        var isProgressSeen = Preference("ProgressAction", "ProgressPreference") == ActionPreference.Continue && !Console.IsOutputRedirected;
        var isSilent = Preference("WarningAction", "WarningPreference") is ActionPreference.SilentlyContinue or ActionPreference.Ignore;
        if (isSilent && !isProgressSeen) cmdlet.Host.UI.WriteLine(message);
    }

    private ActionPreference Preference(string parameter, string variable)
    {
        var value = cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out var bound) ? bound : cmdlet.GetVariableValue(variable);
        return LanguagePrimitives.TryConvertTo<ActionPreference>(value, out var preference) ? preference : ActionPreference.Continue;
    }

    /// <summary>Answers a question of the core with the JSON of a result.</summary>
    private void Answer(Member question, string json)
    {
        var id = question["id"].WholeNumber;
        core.Channel.Send($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{json}}}""", stopping);
    }
}
