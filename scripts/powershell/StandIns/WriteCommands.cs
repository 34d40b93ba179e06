using System.Collections;
using System.Management.Automation;
using EmbeddedPowerShell;

namespace Microsoft.PowerShell.Commands;

/// <summary>Write-Output: passes its input on.</summary>
[Cmdlet(VerbsCommunications.Write, "Output")]
public sealed class WriteOutputCommand : PSCmdlet
{
    /// <summary>What is passed on.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Passes a collection on as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(InputObject, enumerateCollection: !NoEnumerate);
}

/// <summary>Write-Host: writes text for the user alone, by way of the information stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What is written.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true, ValueFromPipeline = true)]
    [Alias("Msg", "Message")]
    public object? Object { get; set; }

    /// <summary>Leaves out the line's end.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the elements of a collection.</summary>
    [Parameter]
    public object? Separator { get; set; } = " ";

    /// <summary>The text's colour.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <summary>The background's colour.</summary>
    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteInformation(
        new HostInformationMessage
        {
            Message = ToText(Object),
            NoNewLine = NoNewline,
            ForegroundColor = ForegroundColor,
            BackgroundColor = BackgroundColor,
        },
        ["PSHOST"]);

    private string ToText(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        IEnumerable elements => string.Join(Separator?.ToString(), elements.Cast<object?>().Select(ToText)),
        _ => value.ToString() ?? string.Empty,
    };
}

/// <summary>Write-Warning: writes to the warning stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Warning")]
public sealed class WriteWarningCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteWarning(Message);
}

/// <summary>Write-Verbose: writes to the verbose stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Verbose")]
public sealed class WriteVerboseCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteVerbose(Message);
}

/// <summary>Write-Error: writes to the error stream in the name of its caller.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
public sealed class WriteErrorCommand : PSCmdlet
{
    /// <summary>The exception to report.</summary>
    [Parameter(Position = 0, ParameterSetName = "WithException", Mandatory = true)]
    public Exception? Exception { get; set; }

    /// <summary>The error's text.</summary>
    [Parameter(Position = 0, ParameterSetName = "NoException", Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "WithException")]
    [AllowNull]
    [AllowEmptyString]
    [Alias("Msg")]
    public string? Message { get; set; }

    /// <summary>The error record to report.</summary>
    [Parameter(Position = 0, ParameterSetName = "ErrorRecord", Mandatory = true)]
    public ErrorRecord? ErrorRecord { get; set; }

    /// <summary>The error's category.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public ErrorCategory Category { get; set; }

    /// <summary>The error's id.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public string? ErrorId { get; set; }

    /// <summary>The object that was worked on.</summary>
    [Parameter(ParameterSetName = "NoException")]
    [Parameter(ParameterSetName = "WithException")]
    public object? TargetObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ErrorRecord error = ErrorRecord is not null ? new ErrorRecord(ErrorRecord, null) : CreateErrorRecord();
        if (GetVariableValue("MyInvocation") is InvocationInfo caller)
        {
            EngineInternals.SetInvocation(error, caller);
            error.CategoryInfo.Activity = "Write-Error";
        }

        WriteError(error);
    }

    private ErrorRecord CreateErrorRecord()
    {
        Exception exception = Exception ?? new WriteErrorException(Message);
        string? id = string.IsNullOrEmpty(ErrorId) ? exception.GetType().FullName : ErrorId;
        var error = new ErrorRecord(exception, id, Category, TargetObject);
        if (Exception is not null && !string.IsNullOrEmpty(Message))
        {
            error.ErrorDetails = new ErrorDetails(Message);
        }

        return error;
    }
}

/// <summary>The exception of an error that Write-Error was given as text.</summary>
public sealed class WriteErrorException(string? message) : SystemException(message);
