using System.Diagnostics;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>
/// Waits that Ctrl+C ends: PowerShell cannot stop a .NET call, so a wait looks every slice whether the cmdlet is being
/// stopped. What is done because it is being stopped waits without.
/// </summary>
/// <param name="clock">for what must not take longer than a limit</param>
internal sealed class Stopping(Cmdlet? cmdlet, Stopwatch? clock = null, TimeSpan limit = default)
{
    /// <summary>Milliseconds between two looks.</summary>
    public const int Slice = 50;

    /// <summary>For what is done while a cmdlet is being stopped.</summary>
    public static Stopping None { get; } = new(null);

    /// <summary>Ends the call where it is being stopped, and with a <see cref="TimeoutException"/> where its time is over.</summary>
    public void Check()
    {
        if (clock?.Elapsed > limit) throw new TimeoutException();
        if (cmdlet?.Stopping == true) throw new PipelineStoppedException();
    }

    /// <summary>Waits for a task. False after so many milliseconds. A task that failed has ended.</summary>
    public bool Wait(Task task, int milliseconds)
    {
        for (var waited = 0; waited < milliseconds; waited += Slice)
        {
            if (WaitSlice(task)) return true;
            Check();
        }
        return task.IsCompleted;
    }

    /// <summary>Waits for a task, for a slice at most. Task.Wait alone would spin first, and keep a processor from the core.</summary>
    public static bool WaitSlice(Task task) => task.IsCompleted || ((IAsyncResult)task).AsyncWaitHandle.WaitOne(Slice);
}
