using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace EmbeddedPowerShell;

/// <content>This part asks for values, such as a mandatory parameter's.</content>
internal sealed partial class HostUserInterface
{
    // On a light background white would not be seen.
    private ConsoleColor PromptColor => rawUI.BackgroundColor is ConsoleColor.White or ConsoleColor.Cyan
        or ConsoleColor.DarkYellow or ConsoleColor.Yellow or ConsoleColor.Gray or ConsoleColor.Green
        ? ConsoleColor.Black
        : ConsoleColor.White;

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        ThrowIfNonInteractive();
        ArgumentNullException.ThrowIfNull(descriptions);
        if (descriptions.Count == 0)
        {
            throw new PSArgumentException("There is nothing to prompt for.", nameof(descriptions));
        }

        lock (consoleLock)
        {
            WriteHeading(caption, message);
            if (descriptions.Any(field => !string.IsNullOrEmpty(field.HelpMessage)))
            {
                WriteLine("(Type !? for Help.)");
            }

            var answers = new Dictionary<string, PSObject>();
            foreach (FieldDescription field in descriptions)
            {
                if (!TryAskField(field, out object? answer))
                {
                    WriteLine();
                    return [];
                }

                answers.Add(field.Name, PSObject.AsPSObject(answer));
            }

            return answers;
        }
    }

    private void WriteHeading(string? caption, string? message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine();
            WriteLine(PromptColor, rawUI.BackgroundColor, Wrap(caption));
        }

        if (!string.IsNullOrEmpty(message))
        {
            WriteLine(Wrap(message));
        }
    }

    private bool TryAskField(FieldDescription field, out object? answer)
    {
        Type type = FindType(field);
        if (!typeof(IList).IsAssignableFrom(type))
        {
            return AskValue(field, type, $"{field.Name}: ", isInList: false, out answer) != Answer.Cancelled;
        }

        var list = new ArrayList();
        Type elementType = type.GetElementType() ?? typeof(object);
        while (true)
        {
            string prompt = $"{field.Name}[{list.Count}]: ";
            switch (AskValue(field, elementType, prompt, isInList: true, out object? element))
            {
                case Answer.Cancelled:
                    answer = null;
                    return false;
                case Answer.EndOfList:
                    answer = LanguagePrimitives.TryConvertTo(list, type, out object converted) ? converted : list;
                    return true;
                default:
                    list.Add(element);
                    break;
            }
        }
    }

    private static Type FindType(FieldDescription field) =>
        LanguagePrimitives.TryConvertTo(field.ParameterAssemblyFullName, out Type type)
            || LanguagePrimitives.TryConvertTo(field.ParameterTypeFullName, out type)
            ? type
            : typeof(string);

    private Answer AskValue(FieldDescription field, Type type, string prompt, bool isInList, out object? value)
    {
        if (type == typeof(SecureString))
        {
            Write(prompt);
            SecureString secure = ReadLineAsSecureString();
            value = secure;
            return isInList && secure.Length == 0 ? Answer.EndOfList : Answer.Value;
        }

        if (type == typeof(PSCredential))
        {
            WriteLine(Wrap(field.Name));
            PSCredential? credential =
                PromptForCredential(string.Empty, string.Empty, string.Empty, string.Empty);
            value = credential;
            bool endsList = isInList && credential?.Password.Length == 0;
            return credential is null ? Answer.Cancelled : endsList ? Answer.EndOfList : Answer.Value;
        }

        while (true)
        {
            Write(prompt);
            string? text = ReadLine();
            value = text;
            if (text is null)
            {
                return Answer.Cancelled;
            }

            if (isInList && text.Length == 0)
            {
                return Answer.EndOfList;
            }

            // The engine asks for parameters with a label, and for those "!" starts a command.
            bool isCommand = !string.IsNullOrEmpty(field.Label) && text.StartsWith('!');
            if ((!isCommand || TryRunPromptCommand(field, ref text)) && TryConvert(text, type, out value))
            {
                return Answer.Value;
            }
        }
    }

    private bool TryRunPromptCommand(FieldDescription field, ref string? text)
    {
        switch (text)
        {
            case "!?":
                string noHelp = $"No help is available for {field.Name}.";
                WriteLine(Wrap(string.IsNullOrEmpty(field.HelpMessage) ? noHelp : field.HelpMessage));
                return false;
            case "!\"\"":
                text = string.Empty;
                return true;
            case ['!', '!', ..]:
                text = text[1..];
                return true;
            case not null when text.Equals("!$null", StringComparison.OrdinalIgnoreCase):
                text = null;
                return true;
            default:
                WriteLine(Wrap($"\"{text}\" is not a command of the prompt."));
                return false;
        }
    }

    private bool TryConvert(string? text, Type type, out object? value)
    {
        try
        {
            value = LanguagePrimitives.ConvertTo(text, type, CultureInfo.InvariantCulture);
            return true;
        }
        catch (PSInvalidCastException exception)
        {
            // What is of the wrong form is asked for again; what else is wrong, the parameter binder reports.
            value = text;
            if (exception.InnerException is not (OverflowException or FormatException))
            {
                return true;
            }

            if (!string.IsNullOrEmpty(text))
            {
                string reason = exception.InnerException is OverflowException ? "an overflow" : "a format";
                WriteLine(Wrap($"Cannot recognize \"{text}\" as a {type} due to {reason} error."));
            }

            return false;
        }
    }

    private string Wrap(string text) => TextWrapping.Wrap(text, rawUI.WindowSize.Width - 1, rawUI);

    private enum Answer
    {
        Value,
        EndOfList,
        Cancelled,
    }
}
