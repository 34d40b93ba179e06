using System.Collections;
using System.Management.Automation;

namespace TsCmdlet.Host;

/// <summary>What the generated script says of its module, and the module's environment variables.</summary>
internal sealed class HostSettings(PSModuleInfo module, IDictionary settings)
{
    private const int DefaultTimeout = 30_000;

    private string[]? hostFunctions;

    public PSModuleInfo Module { get; } = module;
    public string Name => Module.Name;
    public string Folder => Module.ModuleBase;

    /// <summary>What the names of the module's environment variables begin with, such as SECTOOLS_.</summary>
    public string Prefix { get; } = (string)settings["SettingPrefix"]!;

    /// <summary>The functions of the module's own PowerShell that the core may call: made when one is called, and not by the import.</summary>
    public IReadOnlyList<string> HostFunctions => hostFunctions ??= LanguagePrimitives.ConvertTo<string[]>(settings["HostFunctions"]) ?? [];

    /// <summary>The value of one of the module's environment variables: NODE of SecTools is SECTOOLS_NODE.</summary>
    public string? Variable(string name) => Environment.GetEnvironmentVariable(Prefix + name);

    /// <summary>The milliseconds that a core may say nothing; 0 is no limit. A setting that is no number is warned of.</summary>
    public int Timeout(Cmdlet cmdlet)
    {
        var text = Variable("TIMEOUT");
        if (string.IsNullOrEmpty(text)) return DefaultTimeout;
        if (ushort.TryParse(text, out var seconds)) return 1000 * seconds;
        cmdlet.WriteWarning(
            $"The environment variable {Prefix}TIMEOUT is '{text}', which is no whole number of seconds up to 65535. " +
            $"The limit stays at {DefaultTimeout / 1000} seconds.");
        return DefaultTimeout;
    }
}
