using System.Buffers;
using System.Text;

namespace TsCmdlet.Host;

/// <summary>Texts in JSON, in memory that can be cleared.</summary>
internal static class JsonText
{
    /// <summary>Whether each half of a surrogate pair has its other half.</summary>
    public static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return false;
            index++;
        }
        return true;
    }

    /// <summary>Writes a text that is Unicode as a JSON string, in UTF-8.</summary>
    public static void Write(ReadOnlySpan<char> text, ClearedBuffer buffer)
    {
        buffer.Write("\""u8);
        while (text.Length > 0)
        {
            var plain = text.IndexOfAny(Escaped);
            var run = plain < 0 ? text : text[..plain];
            buffer.Advance(Encoding.UTF8.GetBytes(run, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(run.Length))));
            if (plain < 0) break;
            WriteEscaped(text[plain], buffer);
            text = text[(plain + 1)..];
        }
        buffer.Write("\""u8);
    }

    /// <summary>What JSON does not take in a text as it is (RFC 8259, section 7).</summary>
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create("\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)));

    private static void WriteEscaped(char character, ClearedBuffer buffer)
    {
        var span = buffer.GetSpan(6);
        "\\u00"u8.CopyTo(span);
        span[4] = Hexadecimal(character >> 4);
        span[5] = Hexadecimal(character & 0xF);
        buffer.Advance(6);
    }

    private static byte Hexadecimal(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
}
