using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EmbeddedPowerShell;

/// <content>This part asks for one choice, or for several.</content>
internal sealed partial class HostUserInterface : IHostUISupportsMultipleChoiceSelection
{
    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        ThrowIfNonInteractive();
        Choice[] options = ToOptions(choices);
        if (defaultChoice < -1 || defaultChoice >= options.Length)
        {
            throw new PSArgumentOutOfRangeException(
                nameof(defaultChoice), defaultChoice, "The default must be the index of a choice, or -1 for none.");
        }

        lock (consoleLock)
        {
            WriteHeading(caption, message);
            int[] defaults = defaultChoice < 0 ? [] : [defaultChoice];
            while (true)
            {
                WriteChoices(options, defaults, onePerLine: false);
                string answer = ReadChoice();
                if (answer.Length == 0 && defaultChoice >= 0)
                {
                    return defaultChoice;
                }

                int picked = Pick(options, answer);
                if (picked >= 0)
                {
                    return picked;
                }
            }
        }
    }

    /// <inheritdoc/>
    public Collection<int> PromptForChoice(
        string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices)
    {
        ThrowIfNonInteractive();
        Choice[] options = ToOptions(choices);
        int[] defaults = [.. (defaultChoices ?? []).Distinct()];
        foreach (int index in defaults.Where(index => index < 0 || index >= options.Length))
        {
            throw new PSArgumentOutOfRangeException(
                nameof(defaultChoices), index, "Every default choice must be the index of a choice.");
        }

        lock (consoleLock)
        {
            WriteHeading(caption, message);
            WriteChoices(options, defaults, onePerLine: true);
            if (defaults.Length > 0)
            {
                WriteLine();
            }

            var picked = new Collection<int>();
            while (true)
            {
                Write(PromptColor, rawUI.BackgroundColor, $"Choice[{picked.Count}]: ");
                string answer = ReadChoice();
                if (answer.Length == 0)
                {
                    return picked.Count > 0 ? picked : new Collection<int>(defaults);
                }

                int index = Pick(options, answer);
                if (index >= 0)
                {
                    picked.Add(index);
                }
            }
        }
    }

    private static Choice[] ToOptions(Collection<ChoiceDescription> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count == 0)
        {
            throw new PSArgumentException("There is nothing to choose from.", nameof(choices));
        }

        Choice[] options = [.. choices.Select(Choice.Parse)];
        return options.Any(option => option.HotKey == "?")
            ? throw new PSArgumentException("A question mark can't be a hot key: it asks for help.", nameof(choices))
            : options;
    }

    private string ReadChoice() => ReadLine()?.Trim() ?? throw new PromptingException(
        "The prompt was canceled.", null, "PromptForChoiceCanceled", ErrorCategory.OperationStopped);

    private void WriteChoices(Choice[] options, int[] defaults, bool onePerLine)
    {
        ConsoleColor defaultColor = PromptColor == ConsoleColor.White ? ConsoleColor.Yellow : ConsoleColor.Blue;
        int lineLength = 0;
        for (int i = 0; i < options.Length; i++)
        {
            WritePart($"[{options[i].HotKey}] {options[i].Label}  ", defaults.Contains(i) ? defaultColor : PromptColor);
        }

        WritePart("[?] Help ", rawUI.ForegroundColor);
        if (defaults.Length > 0)
        {
            string names = string.Join(',', defaults.Select(i => options[i].ShortName));
            string text = defaults.Length > 1 ? $"(default choices are {names})" : $"(default is \"{names}\")";
            Write(onePerLine ? text : text + ": ");
        }

        void WritePart(string text, ConsoleColor color)
        {
            int length = rawUI.LengthInBufferCells(text);
            bool startsLine = lineLength + length > rawUI.WindowSize.Width - 1;
            if (startsLine)
            {
                WriteLine();
                lineLength = 0;
            }

            lineLength += length;
            Write(color, rawUI.BackgroundColor, startsLine ? text.TrimEnd() : text);
            if (onePerLine)
            {
                WriteLine();
            }
        }
    }

    private int Pick(Choice[] options, string answer)
    {
        if (answer == "?")
        {
            foreach (Choice option in options)
            {
                WriteLine(Wrap($"{option.ShortName} - {option.HelpMessage}"));
            }

            return -1;
        }

        // A full label goes before a hot key.
        int index = Array.FindIndex(options, option => IsAnswer(option.Label));
        return index >= 0 ? index : Array.FindIndex(options, option => IsAnswer(option.HotKey));

        bool IsAnswer(string name) =>
            answer.Length > 0 && name.Equals(answer, StringComparison.CurrentCultureIgnoreCase);
    }

    /// <summary>A choice whose label "&amp;Yes" is taken apart.</summary>
    private sealed record Choice(string HotKey, string Label, string HelpMessage)
    {
        /// <summary>What stands for the choice in the help and the defaults.</summary>
        public string ShortName => HotKey.Length > 0 ? HotKey : Label;

        /// <summary>Reads a choice that the engine gives.</summary>
        public static Choice Parse(ChoiceDescription description)
        {
            string label = description.Label;
            int mark = label.IndexOf('&');
            return mark < 0
                ? new Choice(string.Empty, label, description.HelpMessage)
                : new Choice(
                    label[(mark + 1)..].Trim() is [var key, ..] ? char.ToUpper(key).ToString() : string.Empty,
                    label.Remove(mark, 1).Trim(),
                    description.HelpMessage);
        }
    }
}
