using System.IO.Pipes;
using System.Security.Cryptography;

namespace TsCmdlet.Host;

/// <summary>A named pipe of Windows that only this user can open, and that neither side waits for in a thread.</summary>
internal sealed class PipeConnection : CoreConnection
{
    private const int Chunk = 64 * 1024;

    private readonly string name = $"ts-cmdlet-{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}";
    private readonly NamedPipeServerStream pipe;
    private readonly byte[] received = new byte[Chunk];
    private Task? connecting;
    private Task<int>? reading;
    private Task? writing;

    public PipeConnection()
    {
        try
        {
            // With one instance alone, it is not one that somebody else has made under this name.
            pipe = new NamedPipeServerStream(
                name, PipeDirection.InOut, maxNumberOfServerInstances: 1, PipeTransmissionMode.Byte,
                PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly, Chunk, Chunk);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    public override string Address => $@"\\.\pipe\{name}";

    public override bool HasCore => Connecting.IsCompleted;

    public override bool WaitForCore()
    {
        if (!Stopping.WaitSlice(Connecting)) return false;
        Connecting.GetAwaiter().GetResult();
        return true;
    }

    private Task Connecting => connecting ??= pipe.WaitForConnectionAsync();

    public override bool WaitForData()
    {
        reading ??= pipe.ReadAsync(received, 0, Chunk);
        return Stopping.WaitSlice(reading);
    }

    public override int Read(byte[] bytes, int start, int count)
    {
        try
        {
            var read = reading!.GetAwaiter().GetResult();
            Buffer.BlockCopy(received, 0, bytes, start, read);
            return read;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            return 0;
        }
        finally
        {
            reading = null;
        }
    }

    public override int Write(byte[] bytes, int start, int count)
    {
        var some = Math.Min(Chunk, count);
        writing ??= pipe.WriteAsync(bytes, start, some);
        if (!Stopping.WaitSlice(writing)) return 0;
        try
        {
            writing.GetAwaiter().GetResult();
            return some;
        }
        finally
        {
            writing = null;
        }
    }

    public override void Dispose() => pipe.Dispose();
}
