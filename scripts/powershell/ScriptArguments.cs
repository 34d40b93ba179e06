using System.Management.Automation.Runspaces;

namespace EmbeddedPowerShell;

/// <summary>Reads the arguments that the command line gives to a script.</summary>
internal static class ScriptArguments
{
    /// <summary>Reads "-Name", "-Name:value", "-Name: value" and plain values.</summary>
    public static IEnumerable<CommandParameter> Parse(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg.Length <= 1 || !CommandLineParameters.IsDash(arg[0]))
            {
                yield return new CommandParameter(null, arg);
            }
            else if (!arg.Contains(':'))
            {
                yield return new CommandParameter(arg);
            }
            else if (arg.IndexOf(':') < arg.Length - 1)
            {
                string[] parts = arg.Split(':', count: 2);
                yield return new CommandParameter(parts[0], ToBooleanIfPossible(parts[1]));
            }
            else if (i + 1 < args.Length)
            {
                yield return new CommandParameter(arg.TrimEnd(':'), args[++i]);
            }
        }
    }

    private static object ToBooleanIfPossible(string value) =>
        bool.TryParse(value.StartsWith('$') ? value[1..] : value, out bool boolean) ? boolean : value;
}
