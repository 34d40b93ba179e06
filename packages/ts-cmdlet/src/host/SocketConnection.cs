using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace TsCmdlet.Host;

/// <summary>A Unix domain socket in a folder that only this user can enter. Both are gone once the core has connected.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class SocketConnection : CoreConnection
{
    /// <summary>How many bytes the path of a socket has on every system (sun_path), with its end.</summary>
    private const int LongestPath = 104;

    private readonly Socket listener = NewSocket();
    private readonly string folder;
    private bool isListening;
    private Socket? socket;

    public SocketConnection()
    {
        try
        {
            folder = MakeFolder();
            isListening = true;
            Address = SocketIn(folder);
            listener.Bind(new UnixDomainSocketEndPoint(Address));
            listener.Listen(1);
        }
        catch (Exception error) when (error is SocketException or UnauthorizedAccessException or IOException)
        {
            Dispose();
            throw new IOException(error.Message, error);
        }
    }

    public override string Address { get; }

    public override bool HasCore => socket is not null || listener.Poll(0, SelectMode.SelectRead);

    public override bool WaitForCore()
    {
        if (!Poll(listener, SelectMode.SelectRead)) return false;
        socket = listener.Accept();
        socket.Blocking = false;
        StopListening();
        return true;
    }

    public override bool WaitForData() => Poll(socket!, SelectMode.SelectRead);

    public override int Read(byte[] bytes, int start, int count)
    {
        // A core that was killed before it read everything leaves an error, where a pipe has its end.
        var read = socket!.Receive(bytes.AsSpan(start, count), SocketFlags.None, out var error);
        return error == SocketError.Success ? read : 0;
    }

    public override int Write(byte[] bytes, int start, int count)
    {
        try
        {
            var sent = socket!.Send(bytes.AsSpan(start, count), SocketFlags.None, out var error);
            if (error == SocketError.Success) return sent;
            if (error != SocketError.WouldBlock) throw new IOException(error.ToString());
            Poll(socket, SelectMode.SelectWrite);
            return 0;
        }
        catch (SocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    public override void Dispose()
    {
        StopListening();
        if (socket is null) return;
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The core has ended already.
        }
        socket.Dispose();
    }

    private static bool Poll(Socket socket, SelectMode mode) => socket.Poll(Stopping.Slice * 1000, mode);

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static string SocketIn(string folder) => Path.Combine(folder, "core");

    private void StopListening()
    {
        listener.Dispose();
        if (!isListening) return;
        isListening = false;
        try
        {
            File.Delete(Address);
            Directory.Delete(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is gone already, or the temporary folder has been cleaned up.
        }
    }

    /// <summary>Makes the folder in the first place that there is for it: a temporary folder may be missing, or have too long a path.</summary>
    private static string MakeFolder()
    {
        var name = $"ts-cmdlet-{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}";
        string[] places = [Path.GetTempPath(), Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "", "/tmp"];
        Exception? failure = null;
        foreach (var place in places)
        {
            var made = Path.Combine(place, name);
            if (!Path.IsPathRooted(place) || !Directory.Exists(place) || System.Text.Encoding.UTF8.GetByteCount(SocketIn(made)) >= LongestPath) continue;
            try
            {
                const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Directory.CreateDirectory(made, mode);
                return made;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failure = error;
            }
        }
        throw failure ?? new IOException("there is no temporary folder, or the paths of all are too long");
    }
}
