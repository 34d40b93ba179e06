using System.Text;

namespace TsCmdlet.Host;

/// <summary>Where in a parameter's value the writer is, such as -Filter.names[2]. The text is made only for an error.</summary>
internal sealed class Place(string parameter)
{
    private readonly List<(string? Name, int Index)> parts = [];

    public void Enter(string name) => parts.Add((name, 0));

    public void Enter(int index) => parts.Add((null, index));

    public void Leave() => parts.RemoveAt(parts.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder($"-{parameter}");
        foreach (var (name, index) in parts) text.Append(name is null ? $"[{index}]" : $".{name}");
        return text.ToString();
    }
}
