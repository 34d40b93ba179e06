using System.Management.Automation;
using System.Security;

namespace EmbeddedPowerShell;

/// <content>This part asks for a credential.</content>
internal sealed partial class HostUserInterface
{
    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        WriteHeading(caption, message);
        while (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
            if (userName is null)
            {
                return null!;
            }
        }

        Write($"Password for user {userName}: ");
        SecureString password = ReadLineAsSecureString();
        WriteLine();
        return new PSCredential(string.IsNullOrEmpty(targetName) ? userName : $"{targetName}\\{userName}", password);
    }
}
