using System.Management.Automation;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>Makes error and progress records.</summary>
internal static class Records
{
    /// <summary>Whether PowerShell shows a recommended action: it does from 7.5 on.</summary>
    private static readonly bool ShowsAction = typeof(PSObject).Assembly.GetName().Version is not { Major: 7, Minor: < 5 };

    /// <summary>
    /// Makes a record whose exception's message says both what happened and what to do. On the screen the second is the
    /// recommended action.
    /// </summary>
    public static ErrorRecord Error(
        string id, ErrorCategory category, string message, string action, object? target = null, string? exceptionType = null)
    {
        var text = $"{message} {action}";
        Exception exception = exceptionType switch
        {
            "System.ArgumentException" => new ArgumentException(text),
            "System.NotImplementedException" => new NotImplementedException(text),
            "System.IO.FileLoadException" => new FileLoadException(text, target as string),
            "System.TimeoutException" => new TimeoutException(text),
            "System.OperationCanceledException" => new OperationCanceledException(text),
            "System.Net.Http.HttpRequestException" => new HttpRequestException(text),
            "System.Security.Authentication.AuthenticationException" => new AuthenticationException(text),
            _ => new InvalidOperationException(text),
        };
        return new ErrorRecord(exception, id, category, target ?? "")
        {
            ErrorDetails = new ErrorDetails(ShowsAction ? message : text) { RecommendedAction = action },
        };
    }

    /// <summary>The record of an exception: its own, where it has one, but with the exception itself, which that leaves out.</summary>
    public static ErrorRecord Of(Exception error) =>
        error is IContainsErrorRecord { ErrorRecord: { } record }
            ? new ErrorRecord(record, error)
            : new ErrorRecord(error, error.GetType().Name, ErrorCategory.InvalidOperation, null);

    /// <summary>Makes the record of a WireErrorRecord (messages.ts).</summary>
    public static ErrorRecord Error(Member error)
    {
        if (!Enum.TryParse<ErrorCategory>(error["category"].Text, out var category)) throw error.Malformed();
        var record = Error(
            error["errorId"].Text, category, error["message"].Text, error["recommendedAction"].Text,
            error["targetObject"].Text, error.Find("exceptionType")?.Text);
        foreach (var (name, value) in error.Find("data")?.Members ?? []) record.Exception.Data[name] = value.Text;
        return record;
    }

    /// <summary>Makes the record of a WireProgressRecord (messages.ts).</summary>
    public static ProgressRecord Progress(Member parameters)
    {
        var record = new ProgressRecord(1, parameters["activity"].Text, parameters["status"].Text);
        if (parameters.Find("percentComplete") is { } percent) record.PercentComplete = percent.WholeNumber;
        if (parameters.Find("secondsRemaining") is { } seconds) record.SecondsRemaining = seconds.WholeNumber;
        if (parameters.Find("completed") is { Element.ValueKind: JsonValueKind.True }) record.RecordType = ProgressRecordType.Completed;
        return record;
    }
}
