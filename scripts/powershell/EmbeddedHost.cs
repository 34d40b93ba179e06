using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EmbeddedPowerShell;

/// <summary>The host as the engine sees it: <c>$Host</c>.</summary>
internal sealed class EmbeddedHost : PSHost
{
    private readonly HostUserInterface ui;

    /// <summary>Creates the host for one command line.</summary>
    public EmbeddedHost(CommandLine commandLine) => ui = new HostUserInterface(commandLine);

    /// <inheritdoc/>
    public override string Name => "EmbeddedHost";

    /// <inheritdoc/>
    public override Version Version => PSVersionInfo.PSVersion;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary>The console, with the members that only the shell uses.</summary>
    public HostUserInterface Console => ui;

    /// <summary>The code of the script's <c>exit</c>, once it was called.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Runs a prompt loop inside the one that is running; set by the shell.</summary>
    public Action? NestedPromptEntered { get; set; }

    /// <summary>Ends the innermost prompt loop; set by the shell.</summary>
    public Action? NestedPromptExited { get; set; }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => NestedPromptEntered?.Invoke();

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => NestedPromptExited?.Invoke();

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
