using System.Collections.Concurrent;
using System.Text;

namespace TsCmdlet.Host;

/// <summary>What a core, or a program that it has started, prints to one of its standard streams.</summary>
internal sealed class PrintedText
{
    /// <summary>Begins the line that says that all before it was printed by the calls up to one.</summary>
    private const char Mark = '\u001e';

    /// <summary>Follows it where a call begins, and all before is of those before it.</summary>
    private const char Beginning = '<';

    /// <summary>How much of the end is kept for a report, in bytes.</summary>
    private const int KeptLength = 64 * 1024;

    /// <summary>How many characters wait for a call that shows them: the oldest lines are dropped.</summary>
    private const int MaximumWaiting = 1024 * 1024;

    /// <summary>How many bytes a line may have.</summary>
    private const int MaximumLine = 64 * 1024;

    private readonly byte[] kept = new byte[2 * KeptLength];
    private readonly ConcurrentQueue<string> lines = new();
    private readonly List<byte> line = [];
    private readonly Task reading;
    private readonly object marking = new();
    private int keptLength;
    private int marked;
    private bool hasEnded;
    private int waiting;
    private volatile bool isForgetting;

    public PrintedText(Stream stream) => reading = Read(stream);

    /// <summary>Takes the next line that nobody has seen.</summary>
    public bool TryTake(out string text)
    {
        text = "";
        var isTaken = !isForgetting && lines.TryDequeue(out text!);
        if (isTaken) Interlocked.Add(ref waiting, -text.Length);
        return isTaken;
    }

    /// <summary>Waits for all that was printed before a call was answered, for so many milliseconds at most.</summary>
    public void WaitForAllOf(int call, int milliseconds)
    {
        lock (marking)
        {
            while (marked < call && !hasEnded)
                if (!Monitor.Wait(marking, milliseconds)) return;
        }
    }

    /// <summary>Drops the lines that nobody has seen.</summary>
    public void Discard()
    {
        while (TryTake(out _)) { }
    }

    /// <summary>Has all dropped that was printed before the call that is made next begins: it may still be on its way.</summary>
    public void ForgetBeforeNextCall() => isForgetting = true;

    /// <summary>The end of what was printed by a core that has ended.</summary>
    public string End()
    {
        reading.Wait(1000);
        lock (kept) return Encoding.UTF8.GetString(kept, Math.Max(0, keptLength - KeptLength), Math.Min(keptLength, KeptLength)).Trim();
    }

    /// <summary>Reads for as long as there is anybody who prints, so that no one waits for room.</summary>
    private async Task Read(Stream stream)
    {
        try
        {
            var bytes = new byte[16 * 1024];
            while (await stream.ReadAsync(bytes).ConfigureAwait(false) is var count and > 0)
            {
                Keep(bytes.AsSpan(0, count));
                TakeLines(bytes.AsSpan(0, count));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // What was read until then will do.
        }
        Signal(() => hasEnded = true);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        lock (kept)
        {
            if (keptLength + bytes.Length > kept.Length)
            {
                var left = Math.Min(keptLength, KeptLength);
                Buffer.BlockCopy(kept, keptLength - left, kept, 0, left);
                keptLength = left;
            }
            bytes.CopyTo(kept.AsSpan(keptLength));
            keptLength += bytes.Length;
        }
    }

    private void TakeLines(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)'\n');
            line.AddRange(end < 0 ? bytes : bytes[..end]);
            if (end >= 0 || line.Count >= MaximumLine) EndLine();
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    private void EndLine()
    {
        var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
        line.Clear();
        // A line without an end may be before it.
        var mark = text.LastIndexOf(Mark);
        if (mark >= 0 && text.AsSpan(mark + 1) is [Beginning])
        {
            if (mark > 0) Enqueue(text[..mark]);
            if (!isForgetting) return;
            isForgetting = false;
            Discard();
            return;
        }
        var isMark = mark >= 0 && int.TryParse(text.AsSpan(mark + 1), out _);
        if (!isMark || mark > 0) Enqueue(isMark ? text[..mark] : text);
        if (isMark) Signal(() => marked = int.Parse(text.AsSpan(mark + 1)));
    }

    private void Enqueue(string text)
    {
        lines.Enqueue(text);
        Interlocked.Add(ref waiting, text.Length);
        while (waiting > MaximumWaiting && TryTake(out _)) { }
    }

    private void Signal(Action change)
    {
        lock (marking)
        {
            change();
            Monitor.PulseAll(marking);
        }
    }
}
