using System.Management.Automation;
using System.Security;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Credential: asks for a user name and a password.</summary>
[Cmdlet(VerbsCommon.Get, "Credential", DefaultParameterSetName = "CredentialSet")]
[OutputType(typeof(PSCredential))]
public sealed class GetCredentialCommand : PSCmdlet
{
    /// <summary>A credential to pass on, or the user name to ask a password for.</summary>
    [Parameter(Position = 0, ParameterSetName = "CredentialSet")]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>What the prompt says.</summary>
    [Parameter(ParameterSetName = "MessageSet")]
    [ValidateNotNullOrEmpty]
    public string Message { get; set; } = "Enter your credentials.";

    /// <summary>The user name, which is then not asked for.</summary>
    [Parameter(Position = 0, ParameterSetName = "MessageSet")]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The prompt's heading.</summary>
    [Parameter(ParameterSetName = "MessageSet")]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "PowerShell credential request";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Credential ??= Host.UI.PromptForCredential(Title, Message, UserName, string.Empty);
        if (Credential is not null)
        {
            WriteObject(Credential);
        }
    }
}

/// <summary>ConvertTo-SecureString, for plain text only: it decrypts nothing.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
[OutputType(typeof(SecureString))]
public sealed class ConvertToSecureStringCommand : PSCmdlet
{
    /// <summary>The text.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string String { get; set; } = string.Empty;

    /// <summary>Says that the text is not encrypted.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Accepted as by the real one, which needs it no more.</summary>
    [Parameter(Position = 2)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var secure = new SecureString();
        foreach (char c in String)
        {
            secure.AppendChar(c);
        }

        WriteObject(secure);
    }
}
