namespace TsCmdlet.Host;

/// <summary>
/// The way between the host and one core, which no other user of the computer can take part in. The host listens, and the core
/// connects. It is none of the core's standard streams: whatever prints there cannot damage a message.
/// </summary>
internal abstract class CoreConnection : IDisposable
{
    /// <summary>Where the core connects to, as Node.js takes it (net.connect).</summary>
    public abstract string Address { get; }

    /// <summary>Begins to listen. Throws IOException where there is no place for that.</summary>
    public static CoreConnection Listen() => OperatingSystem.IsWindows() ? new PipeConnection() : new SocketConnection();

    /// <summary>Whether the core waits to be accepted, or has been.</summary>
    public abstract bool HasCore { get; }

    /// <summary>Waits for the core to connect, for a slice (<see cref="Stopping.Slice"/>) at most. Gives whether it has.</summary>
    public abstract bool WaitForCore();

    /// <summary>Waits for something to read, for a slice at most.</summary>
    public abstract bool WaitForData();

    /// <summary>Reads what there is, once <see cref="WaitForData"/> has said so. Gives 0 where the connection has ended.</summary>
    public abstract int Read(byte[] bytes, int start, int count);

    /// <summary>
    /// Writes on for a slice at most, and gives how many bytes were taken. Where it gives 0 the same bytes have to come again.
    /// Throws IOException where the connection has ended.
    /// </summary>
    public abstract int Write(byte[] bytes, int start, int count);

    /// <summary>Ends the connection, which the core sees at once.</summary>
    public abstract void Dispose();
}
