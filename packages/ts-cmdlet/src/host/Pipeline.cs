namespace TsCmdlet.Host;

/// <summary>What the calls of one pipeline have in common.</summary>
internal sealed class Pipeline(int id, IDictionary<string, object?> commandLine)
{
    public int Id { get; } = id;

    /// <summary>What was bound before the first record: the core keeps it for the records and the end.</summary>
    public IDictionary<string, object?> CommandLine { get; } = commandLine;

    /// <summary>The core that knows of it, once one does.</summary>
    public Core? Core { get; set; }
}
