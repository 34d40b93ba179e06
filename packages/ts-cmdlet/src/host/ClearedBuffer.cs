using System.Buffers;

namespace TsCmdlet.Host;

/// <summary>The bytes of a message that may hold a secret. Whatever memory they were in is cleared.</summary>
internal sealed class ClearedBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = Allocate(1024);

    public int Length { get; private set; }

    /// <summary>The bytes that were written; they are there until the buffer is disposed of.</summary>
    public byte[] Bytes => bytes;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return bytes.AsSpan(Length);
    }

    public void Dispose() => Array.Clear(bytes);

    private void MakeRoom(int count)
    {
        if (bytes.Length - Length >= Math.Max(count, 1)) return;
        var larger = Allocate(Math.Max(bytes.Length * 2, Length + count));
        Array.Copy(bytes, larger, Length);
        Array.Clear(bytes);
        bytes = larger;
    }

    /// <summary>Pinned, so that the collector leaves no copy behind when it makes room.</summary>
    private static byte[] Allocate(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);
}
