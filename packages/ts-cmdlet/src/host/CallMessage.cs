using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Writes the request of a call: its cmdlet, and what PowerShell bound.</summary>
internal sealed class CallMessage(PSCmdlet cmdlet, HostSettings settings)
{
    /// <summary>Whether the function has -WhatIf and -Confirm from PowerShell, and not of its own.</summary>
    private readonly bool supportsShouldProcess =
        FunctionOf(cmdlet).ScriptBlock.Attributes.OfType<CmdletBindingAttribute>().Any(attribute => attribute.SupportsShouldProcess);

    /// <summary>The name that the core knows the cmdlet by. Import-Module -Prefix and a copy rename a function, but not its text.</summary>
    public static string NameOf(PSCmdlet cmdlet) =>
        FunctionOf(cmdlet).ScriptBlock.Ast is FunctionDefinitionAst definition ? definition.Name : cmdlet.MyInvocation.MyCommand.Name;

    /// <summary>Writes the request. What was bound before the first record of a pipeline goes with its first message.</summary>
    /// <param name="bound">what is bound for this record; null for the end of a pipeline</param>
    public void Write(ClearedBuffer buffer, int id, string method, IDictionary<string, object?>? bound, Pipeline? pipeline, bool isFirst, bool isDebugSeen)
    {
        using var json = new Utf8JsonWriter(buffer, WireWriter.Options);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteNumber("id", id);
        json.WriteString("method", method);
        json.WriteStartObject("params");
        json.WriteString("cmdlet", NameOf(cmdlet));
        if (isDebugSeen) json.WriteBoolean("debug", true);
        if (pipeline is not null) json.WriteNumber("pipeline", pipeline.Id);
        if (pipeline is not null && isFirst) WriteParameters(json, "commandLine", pipeline.CommandLine, known: null);
        if (bound is not null)
        {
            json.WriteString("parameterSetName", cmdlet.ParameterSetName);
            WriteParameters(json, "parameters", bound, pipeline?.CommandLine);
        }
        if (supportsShouldProcess) json.WriteBoolean("whatIf", IsWhatIf());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Whether the call is a preview, as ShouldProcess finds it: by the parameter, else by the caller's preference.</summary>
    private bool IsWhatIf() => LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>
    /// Writes a cmdlet's own parameters. What every cmdlet has (-Verbose, -WhatIf, …) PowerShell has dealt with. A null is
    /// handed over where the parameter's type has one or AllowNull lets one in, and is as good as not given elsewhere.
    /// </summary>
    private void WriteParameters(
        Utf8JsonWriter json, string name, IDictionary<string, object?> bound, IDictionary<string, object?>? known)
    {
        json.WriteStartObject(name);
        foreach (var (parameter, value) in bound)
        {
            if (known?.ContainsKey(parameter) == true || IsCommon(parameter)) continue;
            if (value is null && !HasNull(MetadataOf(parameter))) continue;
            json.WritePropertyName(parameter);
            new WireWriter(json, Place.OfParameter(parameter), settings.Name).Write(value is string or IEnumerable<string> ? AsHelpSpells(parameter, value) : value);
        }
        json.WriteEndObject();
    }

    private bool IsCommon(string parameter) =>
        Cmdlet.CommonParameters.Contains(parameter) ||
        (Cmdlet.OptionalCommonParameters.Contains(parameter) && supportsShouldProcess);

    /// <summary>
    /// A text, or each of several, as the help spells it where that names those that are accepted: PowerShell takes them
    /// without regard to case, and the core does not.
    /// </summary>
    private object AsHelpSpells(string parameter, object value)
    {
        var accepted = MetadataOf(parameter).Attributes.OfType<ValidateSetAttribute>().FirstOrDefault()?.ValidValues;
        if (accepted is null) return value;
        string Spelled(string text) =>
            accepted.Contains(text) ? text : accepted.FirstOrDefault(each => each.Equals(text, StringComparison.InvariantCultureIgnoreCase)) ?? text;
        return value is string one ? Spelled(one) : ((IEnumerable<string>)value).Select(Spelled).ToArray();
    }

    private static bool HasNull(ParameterMetadata parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null || parameter.Attributes.OfType<AllowNullAttribute>().Any();

    private ParameterMetadata MetadataOf(string parameter) => cmdlet.MyInvocation.MyCommand.Parameters[parameter];

    private static FunctionInfo FunctionOf(PSCmdlet cmdlet) => (FunctionInfo)cmdlet.MyInvocation.MyCommand;
}
