using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>A part of a message. What is not as the protocol has it is a <see cref="MalformedMessage"/>.</summary>
internal readonly struct Member(JsonElement element, string method)
{
    public JsonElement Element { get; } = element;

    public Member this[string name] => Find(name) ?? throw Malformed();

    public string Text => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Malformed();

    /// <summary>A number as Int32. One beyond is the nearest that there is.</summary>
    public int WholeNumber
    {
        get
        {
            if (Element.ValueKind != JsonValueKind.Number) throw Malformed();
            if (Element.TryGetInt32(out var number)) return number;
            return Element.TryGetDouble(out var real) ? (int)Math.Clamp(real, int.MinValue, int.MaxValue) : throw Malformed();
        }
    }

    public IEnumerable<(string Name, Member Value)> Members
    {
        get
        {
            if (Element.ValueKind != JsonValueKind.Object) throw Malformed();
            foreach (var property in Element.EnumerateObject()) yield return (property.Name, new Member(property.Value, method));
        }
    }

    public JsonElement.ArrayEnumerator Items => Element.ValueKind == JsonValueKind.Array ? Element.EnumerateArray() : throw Malformed();

    public Member? Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object) throw Malformed();
        return Element.TryGetProperty(name, out var value) ? new Member(value, method) : null;
    }

    public MalformedMessage Malformed() => new(method);
}
