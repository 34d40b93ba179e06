using System.Management.Automation;

namespace CompiledModule;

public enum EnvironmentName { AzureCloud, AzureChinaCloud, AzureGermanCloud, AzurePPE, AzureUSGovernment }

[Cmdlet(VerbsCommunications.Connect, "CompiledAccount", DefaultParameterSetName = "User", SupportsShouldProcess = true)]
[OutputType("CompiledModule.Context")]
public sealed class ConnectAccount : PSCmdlet
{
    private const string Token = "AccessToken", Refresh = "RefreshToken", Secret = "ServicePrincipal", Certificate = "ServicePrincipalCertificate", User = "User";

    [Parameter(ParameterSetName = Token, Mandatory = true), ValidateNotNullOrEmpty]
    public string? AccessToken { get; set; }

    [Parameter(ParameterSetName = Refresh, Mandatory = true), Parameter(ParameterSetName = Certificate, Mandatory = true)]
    public string? ApplicationId { get; set; }

    [Parameter(ParameterSetName = Refresh), Parameter(ParameterSetName = Certificate, Mandatory = true), ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    [Parameter(ParameterSetName = Refresh), Parameter(ParameterSetName = Secret, Mandatory = true), Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    public EnvironmentName Environment { get; set; }

    [Parameter(ParameterSetName = Refresh, Mandatory = true), ValidateNotNullOrEmpty]
    public string? RefreshToken { get; set; }

    [Parameter(ParameterSetName = Certificate), Parameter(ParameterSetName = Secret, Mandatory = true)]
    public SwitchParameter ServicePrincipal { get; set; }

    [Parameter(ParameterSetName = User), Parameter(ParameterSetName = Token), Parameter(ParameterSetName = Refresh)]
    [Parameter(ParameterSetName = Certificate, Mandatory = true), Parameter(ParameterSetName = Secret, Mandatory = true)]
    [Alias("Domain", "TenantId"), ValidateNotNullOrEmpty]
    public string? Tenant { get; set; }

    [Parameter(ParameterSetName = User), Alias("Device", "DeviceAuth", "DeviceCode")]
    public SwitchParameter UseDeviceAuthentication { get; set; }

    protected override void ProcessRecord()
    {
        if (!ShouldProcess("any tenant (organizations) in AzureCloud", "Sign in with a browser")) return;
        var context = new PSObject();
        context.TypeNames.Insert(0, "CompiledModule.Context");
        context.Properties.Add(new PSNoteProperty("Environment", Environment.ToString()));
        context.Properties.Add(new PSNoteProperty("Tenant", Tenant));
        WriteObject(context);
    }
}

[Cmdlet(VerbsCommunications.Disconnect, "CompiledAccount", SupportsShouldProcess = true)]
public sealed class DisconnectAccount : PSCmdlet;

[Cmdlet(VerbsCommon.Get, "CompiledContext")]
[OutputType("CompiledModule.Context")]
public sealed class GetContext : PSCmdlet
{
    [Parameter]
    public SwitchParameter Refresh { get; set; }
}

/// <summary>Writes the objects that the probe module's handler writes, property for property.</summary>
[Cmdlet(VerbsCommunications.Write, "CompiledObject")]
public sealed class WriteObjects : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public int Count { get; set; }

    [Parameter]
    public SwitchParameter WithDates { get; set; }

    protected override void ProcessRecord()
    {
        var day = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var index = 0; index < Count; index++)
        {
            var made = new PSObject();
            made.Properties.Add(new PSNoteProperty("Index", index));
            made.Properties.Add(new PSNoteProperty("Filler", new string('x', 100)));
            if (WithDates)
            {
                made.Properties.Add(new PSNoteProperty("Date", day.AddSeconds(index)));
                made.Properties.Add(new PSNoteProperty("Amount", index + 0.25m));
            }
            WriteObject(made);
        }
    }
}
