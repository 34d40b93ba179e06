using System.Collections;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>
/// Resolves the paths that are bound to parameters, as `pathParameters` of module.json says: only PowerShell knows its drives
/// and its current location. It happens before the core has the call, so that what a plan says is the real path.
/// </summary>
internal sealed class PathParameters
{
    /// <summary>By cmdlet and parameter: Wildcard or Literal.</summary>
    private readonly IDictionary kinds;

    private PathParameters(IDictionary kinds) => this.kinds = kinds;

    /// <summary>Those of a module that has such parameters; null for any other.</summary>
    public static PathParameters? Of(IDictionary settings) => settings["PathParameters"] is IDictionary kinds ? new(kinds) : null;

    /// <summary>
    /// Returns what is bound, with full paths of the file system in the place of those that were given. Null where one of a
    /// record is wrong, which has been written as an error: the next record still comes. Any other ends the call.
    /// </summary>
    /// <param name="known">what was resolved before the first record; null where this is not a record of a pipeline</param>
    public Dictionary<string, object?>? Resolve(PSCmdlet cmdlet, Dictionary<string, object?> bound, IDictionary<string, object?>? known)
    {
        if (kinds[CallMessage.NameOf(cmdlet)] is not IDictionary own) return bound;
        Dictionary<string, object?>? resolved = null;
        try
        {
            foreach (var (name, value) in bound)
            {
                if (value is null || known?.ContainsKey(name) == true || own[name] is not string kind) continue;
                if (Resolve(cmdlet, name, value, kind == "Wildcard") is not { } paths) continue;
                resolved ??= new(bound, bound.Comparer);
                resolved[name] = paths;
            }
        }
        catch (Exception error) when (error is Failure or IContainsErrorRecord and not PipelineStoppedException)
        {
            var record = error is Failure failure ? failure.Record : Records.Of(error);
            if (known is null) cmdlet.ThrowTerminatingError(record);
            cmdlet.WriteError(record);
            return null;
        }
        return resolved ?? bound;
    }

    private static object? Resolve(PSCmdlet cmdlet, string parameter, object value, bool hasWildcards)
    {
        if (value is string[] several) return several.SelectMany(each => PathsOf(cmdlet, each, hasWildcards)).ToArray();
        if (value is not string path) return null;
        if (PathsOf(cmdlet, path, hasWildcards) is [var only]) return only;
        throw new Failure(Records.Error(
            "PathNotSingle", ErrorCategory.InvalidArgument, $"-{parameter} takes one path, and {path} stands for none or for several.",
            "Pass the path of one item.", path));
    }

    private static IReadOnlyList<string> PathsOf(PSCmdlet cmdlet, string path, bool hasWildcards)
    {
        ProviderInfo provider;
        IReadOnlyList<string> paths = hasWildcards
            ? cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider)
            : [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
        if (provider.Name == "FileSystem") return paths;
        throw new Failure(Records.Error(
            "PathNotInFileSystem", ErrorCategory.InvalidArgument, $"{path} is a path of the provider {provider.Name}.",
            "Pass a path of the file system.", path));
    }
}
