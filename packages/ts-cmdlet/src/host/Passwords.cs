using System.Runtime.InteropServices;
using System.Security;

namespace TsCmdlet.Host;

/// <summary>Secure strings on their way through the host. A .NET string cannot be wiped, so none is made of them.</summary>
internal static class Passwords
{
    /// <summary>Makes a secure string that nobody can change.</summary>
    public static SecureString Secure(string text)
    {
        var password = new SecureString();
        foreach (var character in text) password.AppendChar(character);
        password.MakeReadOnly();
        return password;
    }

    /// <summary>Hands the characters of a secure string over, and clears them afterwards.</summary>
    public static void Use(SecureString password, Action<char[]> use)
    {
        var pointer = Marshal.SecureStringToBSTR(password);
        // Pinned, so that the collector leaves no copy of it behind.
        var characters = GC.AllocateUninitializedArray<char>(password.Length, pinned: true);
        try
        {
            Marshal.Copy(pointer, characters, 0, characters.Length);
            use(characters);
        }
        finally
        {
            Array.Clear(characters);
            Marshal.ZeroFreeBSTR(pointer);
        }
    }
}
