using System.Collections;
using System.Diagnostics;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>The environment variables of the shell as one core knows them. A session may change its own at any time.</summary>
internal sealed class ShellEnvironment
{
    private static readonly StringComparer Names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private static readonly string[] Harmless = ["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA", "NODE_DISABLE_COMPILE_CACHE"];

    /// <summary>What the shell had when the core was last told.</summary>
    private IDictionary known = Environment.GetEnvironmentVariables();

    /// <summary>Gives a core that is to be started the variables, but for those that are kept from it.</summary>
    public void CopyTo(ProcessStartInfo start)
    {
        start.Environment.Clear();
        foreach (DictionaryEntry variable in known)
            if (!IsKeptFromCore((string)variable.Key)) start.Environment[(string)variable.Key] = (string?)variable.Value;
    }

    /// <summary>What has changed since the core was last told: null is a variable that was removed. Null where nothing has.</summary>
    public Dictionary<string, string?>? TakeChanges()
    {
        var current = Environment.GetEnvironmentVariables();
        if (IsSame(current)) return null;
        var changes = new Dictionary<string, string?>(Names);
        foreach (DictionaryEntry variable in known)
            if (!current.Contains(variable.Key)) changes[(string)variable.Key] = null;
        foreach (DictionaryEntry variable in current)
            if (!Equals(known[variable.Key], variable.Value)) changes[(string)variable.Key] = (string?)variable.Value;
        known = current;
        // What is no Unicode has no form in JSON.
        foreach (var (name, value) in changes.ToList())
            if (IsKeptFromCore(name) || !JsonText.IsUnicode(name) || !JsonText.IsUnicode(value)) changes.Remove(name);
        return changes.Count > 0 ? changes : null;
    }

    /// <summary>Writes the notification that tells a core of changes.</summary>
    public static void Write(ClearedBuffer buffer, Dictionary<string, string?> changes)
    {
        using var json = new Utf8JsonWriter(buffer, WireWriter.Options);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteString("method", Protocol.Environment);
        json.WriteStartObject("params");
        json.WriteStartObject("variables");
        foreach (var (name, value) in changes) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// The usual case, before every call, without a look-up for each: the copies that .NET makes have the same order while
    /// nothing changes. In another order they are compared by name.
    /// </summary>
    private bool IsSame(IDictionary current)
    {
        if (current.Count != known.Count) return false;
        var (one, other) = (current.GetEnumerator(), known.GetEnumerator());
        while (one.MoveNext() && other.MoveNext())
            if (!Equals(one.Key, other.Key) || !Equals(one.Value, other.Value)) return false;
        return true;
    }

    /// <summary>Variables that make Node.js load other code, print secrets or skip certificate checks are not for the core.</summary>
    private static bool IsKeptFromCore(string name)
    {
        foreach (var harmless in Harmless)
            if (name.Equals(harmless, StringComparison.OrdinalIgnoreCase)) return false;
        return name.StartsWith("NODE_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("OPENSSL_", StringComparison.OrdinalIgnoreCase)
            || name.Equals("SSLKEYLOGFILE", StringComparison.OrdinalIgnoreCase);
    }
}
