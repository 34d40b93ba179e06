using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>
/// Completes a parameter's value by what its handler in the core says. The core of the session is asked, and started where
/// there is none. What takes longer than a second is given up, and nothing but the debug stream says so.
/// </summary>
internal sealed class Completion(ModuleHost host, PSCmdlet cmdlet)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Stopping stopping = new(cmdlet, Stopwatch.StartNew(), Limit);

    /// <summary>Gives the results for a word; none where the core has none, fails, or takes too long.</summary>
    /// <param name="command">the cmdlet by the name that the core knows</param>
    /// <param name="word">what stands there so far, with the quote that it begins with</param>
    /// <param name="bound">the other parameters as the text has them</param>
    public CompletionResult[] Run(string command, string parameter, string word, IDictionary? bound)
    {
        try
        {
            var quote = word.Length > 0 && word[0] is '\'' or '"' ? word[0] : default(char?);
            using var answer = Ask(command, parameter, quote is null ? word : word[1..].TrimEnd(quote.Value), bound);
            if (answer.RootElement.TryGetProperty("result", out var results)) return [.. ResultsOf(results, quote)];
            cmdlet.WriteDebug($"The completion of -{parameter} failed: {answer.RootElement.GetRawText()}");
        }
        catch (TimeoutException)
        {
            cmdlet.WriteDebug($"The completion of -{parameter} was given up after {Limit.TotalSeconds} s.");
        }
        catch (Exception error) when (error is Failure or MalformedMessage)
        {
            cmdlet.WriteDebug($"The completion of -{parameter} failed: {error.Message}");
        }
        return [];
    }

    private JsonDocument Ask(string command, string parameter, string word, IDictionary? bound)
    {
        Core? core = null;
        var (id, isAnswered) = (0, false);
        try
        {
            for (var isSent = false; !isSent;)
            {
                core = host.Starter.Connect(cmdlet);
                id = core.Channel.Open();
                isSent = Send(core, id, command, parameter, word, bound);
            }
            while (true)
            {
                var message = core!.Channel.Receive(id, stopping);
                isAnswered = !message.RootElement.TryGetProperty("method", out var told);
                if (isAnswered) return message;
                using (message) new CoreRequests(host, cmdlet, core, stopping).Deal(told, message.RootElement);
            }
        }
        finally
        {
            core?.Channel.Close(id);
            // A core whose greeting is not read yet goes on to start: the next call waits for it.
            if (core is { IsGreeted: true, Stopped: null } && !isAnswered) Cancel(core, id);
        }
    }

    private static void Cancel(Core core, int id)
    {
        try
        {
            core.Channel.Send($$$"""{"jsonrpc":"2.0","method":"{{{Protocol.Cancel}}}","params":{"id":{{{id}}}}}""", Stopping.None);
        }
        catch (Failure)
        {
            // The core has ended, which the next call tells.
        }
    }

    /// <summary>Asks. False where the core cannot be used, and another has been started in its place.</summary>
    private bool Send(Core core, int id, string command, string parameter, string word, IDictionary? bound)
    {
        using var buffer = new ClearedBuffer();
        Write(buffer, id, command, parameter, word, bound);
        if (!core.IsGreeted && !host.Starter.Confirm(cmdlet, core, stopping)) return false;
        core.Ask(cmdlet, buffer, stopping);
        return true;
    }

    private void Write(ClearedBuffer buffer, int id, string command, string parameter, string word, IDictionary? bound)
    {
        using var json = new Utf8JsonWriter(buffer, WireWriter.Options);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteNumber("id", id);
        json.WriteString("method", Protocol.Complete);
        json.WriteStartObject("params");
        json.WriteString("cmdlet", command);
        json.WriteString("parameter", parameter);
        json.WriteString("word", word);
        json.WriteStartObject("bound");
        foreach (DictionaryEntry entry in bound ?? new Hashtable())
        {
            if (!IsPlain(entry.Value)) continue;
            json.WritePropertyName($"{entry.Key}");
            new WireWriter(json, Place.OfParameter($"{entry.Key}"), host.Settings.Name).Write(entry.Value);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What a text can say of a parameter. What is computed when the command runs is not known yet.</summary>
    private static bool IsPlain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string text => JsonText.IsUnicode(text),
        bool or int or long or double or Enum or SwitchParameter => true,
        IList list => list.Cast<object?>().All(IsPlain),
        _ => false,
    };

    private static IEnumerable<CompletionResult> ResultsOf(JsonElement results, char? quote)
    {
        foreach (var each in new Member(results, Protocol.Complete).Items)
        {
            var result = new Member(each, Protocol.Complete);
            var text = result["text"].Text;
            // PowerShell has no result without a text.
            if (text == "") continue;
            var shown = Shown(result.Find("listText")?.Text, text);
            if (!Enum.TryParse<CompletionResultType>(result.Find("kind")?.Text, out var kind)) kind = CompletionResultType.ParameterValue;
            yield return new CompletionResult(Quoted(text, quote), shown, kind, Shown(result.Find("tooltip")?.Text, shown));
        }
    }

    private static string Shown(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;

    /// <summary>A text as an argument: in the quotes that were begun, or in quotes where it is no word without.</summary>
    private static string Quoted(string text, char? quote)
    {
        if (quote is null && IsBareWord(text)) return text;
        if (quote is not '"') return $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
        return $"\"{text.Replace("`", "``").Replace("$", "`$").Replace("\"", "`\"")}\"";
    }

    private static bool IsBareWord(string text)
    {
        var script = Parser.ParseInput($"x {text}", out _, out var errors);
        if (errors.Length > 0 || script.EndBlock.Statements is not [PipelineAst { PipelineElements: [CommandAst { CommandElements: [_, var argument] }] }])
            return false;
        return argument.Extent.Text == text && argument switch
        {
            StringConstantExpressionAst word => word.StringConstantType == StringConstantType.BareWord && word.Value == text,
            ConstantExpressionAst => true,
            _ => false,
        };
    }
}
