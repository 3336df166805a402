namespace Gateway.Configuration;

/// <summary>A JSON value that remembers where it stands. Immutable: merging makes new nodes.</summary>
internal abstract class DocumentNode(Origin origin)
{
    public Origin Origin { get; } = origin;

    /// <summary>What the value is, as a sentence says it: <c>an object</c>, <c>a number</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>What kind of scalar a <see cref="ScalarNode"/> holds.</summary>
internal enum ScalarKind
{
    Null,
    Boolean,
    Number,
    String,
}

/// <summary>A string, number, boolean or null. Numbers keep the digits they were written with.</summary>
internal sealed class ScalarNode(Origin origin, ScalarKind scalar, string text) : DocumentNode(origin)
{
    public ScalarKind Scalar { get; } = scalar;

    /// <summary>The string's value, or the literal as it was written (<c>12.50</c>, <c>true</c>, <c>null</c>).</summary>
    public string Text { get; } = text;

    public override string Kind => Scalar switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => "a boolean",
        ScalarKind.Number => "a number",
        _ => "a string",
    };

    public override string ToString() => Scalar == ScalarKind.String ? $"\"{Text}\"" : Text;
}

/// <summary>An array; its items in order.</summary>
internal sealed class ArrayNode(Origin origin, IReadOnlyList<DocumentNode> items) : DocumentNode(origin)
{
    public IReadOnlyList<DocumentNode> Items { get; } = items;

    public override string Kind => "an array";
}

/// <summary>One member of an object; the origin of its name is kept apart from that of its value.</summary>
internal sealed record Member(string Name, Origin NameOrigin, DocumentNode Value);

/// <summary>An object; its members in the order of the file.</summary>
internal sealed class ObjectNode(Origin origin, IReadOnlyList<Member> members) : DocumentNode(origin)
{
    private readonly Member[] _members = members as Member[] ?? [.. members];

    public IReadOnlyList<Member> Members => _members;

    public override string Kind => "an object";

    /// <summary>The member of that name, upper and lower case alike, as everywhere in <c>ocelot.json</c> (contract 01 §1).</summary>
    public Member? Find(ReadOnlySpan<char> name)
    {
        foreach (var member in _members)
            if (name.Equals(member.Name, StringComparison.OrdinalIgnoreCase)) return member;
        return null;
    }

    /// <summary>The member of exactly that name: for objects whose names are data, such as those inside <c>Mediation</c>.</summary>
    public Member? FindExact(string name)
    {
        foreach (var member in _members)
            if (string.Equals(member.Name, name, StringComparison.Ordinal)) return member;
        return null;
    }
}
