namespace Gateway.Configuration;

/// <summary>
/// An entry with everything that holds for it: its own keys under their present names, and what the global section adds. The same
/// combination as <see cref="RouteSection.Read{T}"/> makes of typed values, made of nodes, so that every value still knows its place.
/// </summary>
internal sealed class EffectiveEntry
{
    public EffectiveEntry(RouteSection section, KeyCatalog catalog)
    {
        Section = section;
        var members = new List<Member>();
        foreach (var key in catalog.At(section.Level))
            if (Combined(key, Member(section.Node, key), Member(section.Global.Node, key)) is { } member) members.Add(member);
        Node = new ObjectNode(section.Node.Origin, members);
    }

    public RouteSection Section { get; }

    public ObjectNode Node { get; }

    /// <summary>The value at a path such as <c>CacheOptions.TtlSeconds</c>; null where nothing is written.</summary>
    public DocumentNode? Find(string path)
    {
        DocumentNode? node = Node;
        foreach (var part in path.Split('.')) node = (node as ObjectNode)?.Find(part)?.Value;
        return node is ScalarNode { Scalar: ScalarKind.Null } ? null : node;
    }

    /// <summary>The text at a path, or a number or boolean as it is written; null where there is none or it is empty.</summary>
    public string? Text(string path) => Find(path) is ScalarNode { Text.Length: > 0 } scalar ? scalar.Text : null;

    public bool IsTrue(string path) => bool.TryParse(Text(path), out var flag) && flag;

    /// <summary>The number at a path; null where there is none.</summary>
    public double? Number(string path) =>
        double.TryParse(Text(path), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The texts of a list; a single text is a list of one.</summary>
    public IEnumerable<ScalarNode> Texts(string path) => Find(path) switch
    {
        ScalarNode { Text.Length: > 0 } single => [single],
        ArrayNode array => array.Items.OfType<ScalarNode>(),
        _ => [],
    };

    private Member? Combined(SectionKey key, Member? own, Member? shared)
    {
        if (shared is null || !key.Levels.HasFlag(Levels.Global)) return own;
        var isScalar = key.Type == typeof(string) || (key.Options is null && key.Type.IsValueType);
        if (key.Combination == Combination.OwnOnly && !isScalar) return own;
        if (!Applies(shared.Value)) return own;
        if (own is null) return shared with { Value = WithoutGroup(shared.Value) };
        return key.Combination is Combination.FieldByField or Combination.KeyByKey && own.Value is ObjectNode a && shared.Value is ObjectNode b
            ? own with { Value = new ObjectNode(a.Origin, [.. a.Members, .. ((ObjectNode)WithoutGroup(b)).Members.Where(m => a.Find(m.Name) is null)]) }
            : own;
    }

    private bool Applies(DocumentNode shared)
    {
        var group = (shared as ObjectNode)?.Find("RouteKeys")?.Value;
        if (group is not ArrayNode { Items.Count: > 0 } and not ScalarNode { Text.Length: > 0 }) return true;
        return Section.Key is { } key && (group is ArrayNode list ? list.Items : [group]).Any(i => i is ScalarNode name && name.Text == key);
    }

    private static DocumentNode WithoutGroup(DocumentNode shared) =>
        shared is ObjectNode map && map.Find("RouteKeys") is { } group ? new ObjectNode(map.Origin, [.. map.Members.Where(m => m != group)]) : shared;

    // Nothing, an empty list and an empty object are as good as not written.
    private static Member? Member(ObjectNode node, SectionKey key)
    {
        var member = node.Members.FirstOrDefault(m => string.Equals(m.Name, key.FormerName, StringComparison.OrdinalIgnoreCase))
            ?? node.Members.FirstOrDefault(m => string.Equals(m.Name, key.Name, StringComparison.OrdinalIgnoreCase));
        if (member is null or { Value: ScalarNode { Scalar: ScalarKind.Null } or ObjectNode { Members.Count: 0 } or ArrayNode { Items.Count: 0 } }) return null;
        var value = member.Value is ObjectNode map && key.Options is { } shape && shape.Type == key.Type ? PresentNames.Of(map, shape) : member.Value;
        return member with { Name = key.Name, Value = value };
    }
}
