using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>A failure of a call that has its error record already. The call ends with that record.</summary>
internal sealed class Failure(ErrorRecord record) : Exception(record.Exception.Message)
{
    /// <summary>What the user sees.</summary>
    public ErrorRecord Record { get; } = record;
}

/// <summary>
/// An error of a command further down the pipeline, which is not this cmdlet's. Script has to throw it: out of a .NET method it
/// would come wrapped.
/// </summary>
internal sealed class DownstreamError(RuntimeException error) : Exception(error.Message, error)
{
    public ErrorRecord Record { get; } = error.ErrorRecord;
}

/// <summary>A message of the core lacks what such a message must have.</summary>
internal sealed class MalformedMessage(string method) : Exception
{
    public string Method { get; } = method;
}
