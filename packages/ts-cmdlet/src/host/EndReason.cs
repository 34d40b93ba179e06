using System.Text.RegularExpressions;

namespace TsCmdlet.Host;

/// <summary>Why a core ended, in a line of what it printed to stderr at its end.</summary>
internal static partial class EndReason
{
    private const int MaximumLength = 500;

    /// <summary>
    /// Returns what a message says of the reason, with a colon before it: the last error that the runtime (serve-core.ts) or
    /// Node.js itself has named; nothing where there is none.
    /// </summary>
    public static string In(string printed)
    {
        // What a handler prints is no reason: one that Node.js ends for is followed by its version, or by addresses of its own.
        var kinds = (Regex[])[FatalLine(), .. Version().IsMatch(printed) ? (Regex[])[ErrorLine()] : []];
        var last = kinds.Select(kind => kind.Matches(printed).LastOrDefault()).FirstOrDefault(match => match is not null)?.Groups["reason"].Value.Trim();
        if (string.IsNullOrEmpty(last)) return "";
        var shown = Unseen().Replace(last, character => $"`u{{{(int)character.Value[0]:x}}}").TrimEnd('.');
        return $": {(shown.Length > MaximumLength ? $"{shown[..MaximumLength]}…" : shown)}";
    }

    /// <summary>Not of a cause, which is indented, nor of what a handler prints in the middle of a line.</summary>
    [GeneratedRegex(@"^(Uncaught (?<reason>.+)|(?<reason>\w*(Error|Exception)( \[\w+\])?: .+))$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^(?<reason>FATAL ERROR: .+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex FatalLine();

    [GeneratedRegex(@"\nNode\.js v\S+\s*$")]
    private static partial Regex Version();

    /// <summary>As visible-text.ts has it.</summary>
    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Unseen();
}
