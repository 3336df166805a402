namespace Gateway.Features.Mediation.Formats;

/// <summary>The options of a format; left out, they are what A28 says.</summary>
internal sealed record FormatOptions
{
    /// <summary>The element around a body that becomes XML; null: the body is an object with one member.</summary>
    public string? Root { get; init; }

    /// <summary>Elements that are arrays however often they come.</summary>
    public FieldSet Arrays { get; init; } = FieldSet.Empty;

    /// <summary>Elements, columns or fields that hold numbers.</summary>
    public FieldSet Numbers { get; init; } = FieldSet.Empty;

    public FieldSet Booleans { get; init; } = FieldSet.Empty;

    /// <summary>Whether prefixes and <c>xmlns</c> attributes are kept.</summary>
    public bool KeepNamespaces { get; init; }

    /// <summary>What the name of a member begins with that stands for an attribute.</summary>
    public string Attributes { get; init; } = "@";

    /// <summary>The member that holds the text beside attributes and elements.</summary>
    public string Text { get; init; } = "#text";

    /// <summary>What an empty element becomes.</summary>
    public EmptyElement Empty { get; init; } = EmptyElement.Null;

    /// <summary>What stands between the fields of a line.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first line holds the names.</summary>
    public bool Header { get; init; } = true;
}
