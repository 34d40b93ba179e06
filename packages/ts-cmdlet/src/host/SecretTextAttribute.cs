using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security;
using System.Security.Cryptography;

namespace TsCmdlet.Host;

/// <summary>
/// Lets a parameter of type string take a SecureString as well. What is bound in its place is a ticket: a random text, of which
/// this one object stands for the SecureString. PowerShell hands the object on, and writes its characters into traces and logs,
/// which make a ticket for nobody.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class SecretTextAttribute : ArgumentTransformationAttribute
{
    /// <summary>The tickets that no call has taken yet. One that none can take any more is gone with its object.</summary>
    public static ConditionalWeakTable<string, SecureString> Tickets { get; } = [];

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        // A ticket is made below: one that is passed as an argument is of another call.
        if (given is string text) Tickets.Remove(text);
        if (given is not SecureString secret) return inputData;
        if (BlankOf(secret) is { } blank) return blank;
        var ticket = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        Tickets.Add(ticket, secret);
        return ticket;
    }

    /// <summary>The text of a SecureString that is empty or white space, so that PowerShell's checks see it; null for any other.</summary>
    private static string? BlankOf(SecureString secret)
    {
        string? blank = null;
        Passwords.Use(secret, characters =>
        {
            if (characters.All(char.IsWhiteSpace)) blank = new string(characters);
        });
        return blank;
    }
}
