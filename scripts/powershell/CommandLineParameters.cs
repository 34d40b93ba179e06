namespace EmbeddedPowerShell;

/// <summary>The names of pwsh's command line parameters.</summary>
internal static class CommandLineParameters
{
    // In the order in which pwsh tries them; Shortest is the shortest prefix that is taken for Name.
    private static readonly (string Name, string Shortest)[] All =
    [
        ("version", "v"), ("help", "h"), ("?", "?"), ("login", "l"), ("noexit", "noe"), ("noprofile", "nop"),
        ("nologo", "nol"), ("noninteractive", "noni"), ("socketservermode", "so"), ("servermode", "s"),
        ("namedpipeservermode", "nam"), ("sshservermode", "sshs"), ("noprofileloadtime", "noprofileloadtime"),
        ("interactive", "i"), ("configurationfile", "configurationfile"), ("configurationname", "config"),
        ("custompipename", "cus"), ("commandwithargs", "commandwithargs"), ("cwa", "cwa"), ("command", "c"),
        ("windowstyle", "w"), ("file", "f"), ("outputformat", "o"), ("of", "o"), ("inputformat", "inp"),
        ("if", "if"), ("executionpolicy", "ex"), ("ep", "ep"), ("encodedcommand", "e"), ("ec", "e"),
        ("encodedarguments", "encodeda"), ("ea", "ea"), ("settingsfile", "settings"), ("sta", "sta"), ("mta", "mta"),
        ("workingdirectory", "wo"), ("wd", "wd"),
    ];

    /// <summary>Finds the parameter that an argument like -NoProfile or --nop names; null if none.</summary>
    public static string? Find(string arg)
    {
        if (arg.Length == 0 || !(IsDash(arg[0]) || arg[0] == '/'))
        {
            return null;
        }

        string key = arg[(arg.Length > 1 && IsDash(arg[0]) && arg[1] == arg[0] ? 2 : 1)..];
        return All
            .Where(parameter => key.Length >= parameter.Shortest.Length)
            .FirstOrDefault(parameter => parameter.Name.StartsWith(key, StringComparison.OrdinalIgnoreCase))
            .Name;
    }

    /// <summary>Finds the parameters whose names hold a text.</summary>
    public static IEnumerable<string> FindSimilar(string text) => All
        .Where(parameter => parameter.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
        .Select(parameter => $"-{parameter.Name}");

    /// <summary>Says whether a character is one of those that PowerShell takes for a dash.</summary>
    public static bool IsDash(char c) => c is '-' or '\u2013' or '\u2014' or '\u2015';
}
