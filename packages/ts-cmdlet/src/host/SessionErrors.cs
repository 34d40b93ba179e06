using System.Collections;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>The session's $Error, where PowerShell puts what script throws, also where .NET code catches it.</summary>
internal static class SessionErrors
{
    /// <summary>Takes an error out of $Error that was caught and dealt with.</summary>
    public static void Remove(SessionState session, Exception error)
    {
        if (session.PSVariable.GetValue("global:Error") is not ArrayList errors) return;
        while (errors.Count > 0 && ExceptionOf(errors[0])?.GetBaseException() == error.GetBaseException()) errors.RemoveAt(0);
    }

    private static Exception? ExceptionOf(object? error) => error as Exception ?? (error as ErrorRecord)?.Exception;
}
