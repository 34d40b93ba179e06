using System.Text;

namespace TsCmdlet.Host;

/// <summary>Where in a value the writer is, such as -Filter.names[2]. The text is made only for an error.</summary>
/// <param name="root">what the whole value is</param>
/// <param name="advice">what to do about a value that cannot cross there</param>
internal sealed class Place(string root, string advice)
{
    private readonly List<(string? Name, int Index)> parts = [];

    /// <summary>What to do about a value that cannot cross here.</summary>
    public string Advice { get; } = advice;

    public static Place OfParameter(string name) =>
        new($"-{name}", "Pass texts, numbers, dates, credentials, or lists, hashtables and custom objects of these.");

    public static Place OfResult(string function) => new(
        $"the result of {function}",
        "This is a fault of the module, not of the call: report it. Its function has to return texts, numbers, dates, credentials, " +
        "or lists, hashtables and custom objects of these.");

    public void Enter(string name) => parts.Add((name, 0));

    public void Enter(int index) => parts.Add((null, index));

    public void Leave() => parts.RemoveAt(parts.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder(root);
        foreach (var (name, index) in parts) text.Append(name is null ? $"[{index}]" : $".{name}");
        return text.ToString();
    }
}
