using System.Collections;
using System.Runtime.CompilerServices;
using System.Security;

namespace TsCmdlet.Host;

/// <summary>A SecureString that crosses as a plain string: one that was given for a parameter of type string.</summary>
internal sealed record SecretText(SecureString Value);

/// <summary>
/// Exchanges tickets (<see cref="SecretTextAttribute"/>) for what they stand for. The attribute is that of the host that was
/// loaded first in the process, and so are the tickets: what is shared are types of .NET alone.
/// </summary>
internal sealed class SecretTickets
{
    /// <summary>The attribute's name in scripts (secret-parameters.ts). Another form of the tickets needs another name.</summary>
    private const string Accelerator = "TsCmdlet.SecretText";

    private readonly ConditionalWeakTable<string, SecureString> tickets;

    private SecretTickets()
    {
        var attribute = TypeAccelerators.Define(Accelerator, typeof(SecretTextAttribute));
        tickets = attribute == typeof(SecretTextAttribute)
            ? SecretTextAttribute.Tickets
            : (ConditionalWeakTable<string, SecureString>)attribute.GetProperty(nameof(SecretTextAttribute.Tickets))!.GetValue(null)!;
    }

    /// <summary>Those of a module that has secret parameters; null for any other.</summary>
    public static SecretTickets? Of(IDictionary settings) => settings["HasSecretParameters"] is true ? new() : null;

    /// <summary>Returns what is bound, with the SecureString in the place of each ticket, which is redeemed by this.</summary>
    public Dictionary<string, object?> Redeem(Dictionary<string, object?> bound)
    {
        Dictionary<string, object?>? redeemed = null;
        foreach (var (name, value) in bound)
        {
            if (value is not string ticket || !tickets.TryGetValue(ticket, out var secret)) continue;
            tickets.Remove(ticket);
            redeemed ??= new(bound, bound.Comparer);
            redeemed[name] = new SecretText(secret);
        }
        return redeemed ?? bound;
    }
}
