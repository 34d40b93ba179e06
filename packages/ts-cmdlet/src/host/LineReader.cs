namespace TsCmdlet.Host;

/// <summary>Reads a core's output, line by line.</summary>
internal sealed class LineReader(Core core)
{
    /// <summary>Where what is read goes; it grows for a longer line.</summary>
    private const int InitialSize = 128 * 1024;

    private byte[] bytes = new byte[InitialSize];

    /// <summary>What was read and not yet dealt with: so many bytes from <see cref="start"/> on.</summary>
    private int length;
    private int start;

    /// <summary>The next line, without its end. It is there until the next call.</summary>
    public ReadOnlySpan<byte> Next(CoreChannel channel, Stopping stopping)
    {
        var searched = 0;
        while (true)
        {
            var end = bytes.AsSpan(start + searched, length - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = bytes.AsSpan(start, searched + end);
                start += searched + end + 1;
                length -= searched + end + 1;
                return line;
            }
            searched = length;
            ReadOn(channel, stopping);
        }
    }

    private void ReadOn(CoreChannel channel, Stopping stopping)
    {
        stopping.Check();
        if (core.Stopped is not null) throw core.Broken(core.Stopped);
        MakeRoom();
        int count;
        try
        {
            AwaitData(channel, stopping);
            count = core.Connection.Read(bytes, start + length, bytes.Length - start - length);
        }
        catch (ObjectDisposedException)
        {
            // The runspace was closed.
            throw core.Closed();
        }
        if (count == 0) throw core.Closed();
        length += count;
    }

    private void AwaitData(CoreChannel channel, Stopping stopping)
    {
        var hasAsked = false;
        for (var waited = 0; !core.Connection.WaitForData();)
        {
            waited += Stopping.Slice;
            stopping.Check();
            if (core.Timeout <= 0) continue;
            if (waited >= core.Timeout) throw core.Silent("it has not answered");
            if (hasAsked || waited < core.Timeout / 2) continue;
            hasAsked = true;
            channel.Ping(stopping);
        }
    }

    /// <summary>Moves what is left to the beginning, and makes the buffer larger where a line fills it.</summary>
    private void MakeRoom()
    {
        if (length >= Protocol.MaximumLine) throw core.Broken($"it sent a line longer than {Protocol.MaximumLine} bytes");
        var target = bytes;
        if (length == bytes.Length) target = new byte[length * 2];
        else if (bytes.Length > InitialSize * 2 && length < InitialSize / 2) target = new byte[InitialSize];
        if (length > 0 && (start > 0 || target != bytes)) Buffer.BlockCopy(bytes, start, target, 0, length);
        bytes = target;
        start = 0;
    }
}
