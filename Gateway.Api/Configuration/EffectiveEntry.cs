using System.Globalization;

namespace Gateway.Configuration;

/// <summary>An entry with everything that holds for it: its own keys under their present names, and what the global section adds.</summary>
internal sealed record EffectiveEntry(RouteSection Section, ObjectNode Node)
{
    /// <summary>The value of a key, or of an option such as <c>CacheOptions.TtlSeconds</c>; null where nothing is written.</summary>
    public DocumentNode? Find(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var node = Node.Find(dot < 0 ? path : path.AsSpan(0, dot))?.Value;
        if (dot >= 0) node = (node as ObjectNode)?.Find(path.AsSpan(dot + 1))?.Value;
        return node is ScalarNode { Scalar: ScalarKind.Null } ? null : node;
    }

    /// <summary>The text at a path, or a number or boolean as it is written; null where there is none or it is empty.</summary>
    public string? Text(string path) => Find(path) is ScalarNode { Text.Length: > 0 } scalar ? scalar.Text : null;

    public bool IsTrue(string path) => bool.TryParse(Text(path), out var flag) && flag;

    /// <summary>The number at a path; null where there is none.</summary>
    public double? Number(string path) =>
        double.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The texts of a list; a single text is a list of one.</summary>
    public IEnumerable<ScalarNode> Texts(string path) => Find(path) switch
    {
        ScalarNode { Text.Length: > 0 } single => [single],
        ArrayNode array => array.Items.OfType<ScalarNode>(),
        _ => [],
    };
}
