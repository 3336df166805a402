namespace Gateway.Configuration;

/// <summary>
/// The document with the global section laid under every entry: the same combination as <see cref="RouteSection.Read{T}"/> makes of typed
/// values, made of nodes, so that every value still knows its place.
/// </summary>
internal sealed class EffectiveDocument
{
    private readonly KeyCatalog _catalog;
    private readonly IReadOnlyList<Member> _global;

    public EffectiveDocument(OcelotDocument document, KeyCatalog catalog)
    {
        (_catalog, _global) = (catalog, Own(document.Global.Node, catalog));
        Routes = [.. document.Routes.Select(Of)];
        DynamicRoutes = [.. document.DynamicRoutes.Select(Of)];
        Aggregates = [.. document.Aggregates.Select(Of)];
    }

    public IReadOnlyList<EffectiveEntry> Routes { get; }

    public IReadOnlyList<EffectiveEntry> DynamicRoutes { get; }

    public IReadOnlyList<EffectiveEntry> Aggregates { get; }

    public IEnumerable<EffectiveEntry> All => Routes.Concat(DynamicRoutes).Concat(Aggregates);

    /// <summary>The global section under present names.</summary>
    public IReadOnlyList<Member> Global => _global;

    /// <summary>The whole as one document, with the host's sections of <paramref name="root"/>.</summary>
    public ObjectNode AsRoot(ObjectNode root)
    {
        Member?[] members =
        [
            List("Routes", Routes),
            List("DynamicRoutes", DynamicRoutes),
            List("Aggregates", Aggregates),
            // What the routes have taken over needn't stand here a second time.
            One("GlobalConfiguration", [.. _global.Where(m => _catalog.Find(m.Name)!.Levels == Levels.Global)]),
            .. root.Members.Where(m => HostSections.IsHost(m.Name)),
        ];
        return new ObjectNode(root.Origin, [.. members.OfType<Member>()]);

        Member? List(string name, IReadOnlyList<EffectiveEntry> entries) =>
            entries.Count == 0 ? null : new Member(name, root.Origin, new ArrayNode(root.Origin, [.. entries.Select(e => e.Node)]));

        Member? One(string name, IReadOnlyList<Member> values) => values.Count == 0 ? null : new Member(name, root.Origin, new ObjectNode(root.Origin, values));
    }

    private EffectiveEntry Of(RouteSection section)
    {
        var members = Own(section.Node, _catalog);
        foreach (var shared in _global)
        {
            var key = _catalog.Find(shared.Name)!;
            if (!key.Levels.HasFlag(section.Level) || !IsInherited(key) || !Applies(shared.Value, section)) continue;
            var own = members.FindIndex(m => m.Name == key.Name);
            if (own < 0) members.Add(shared with { Value = WithoutGroup(shared.Value) });
            else members[own] = members[own] with { Value = Combined(key, members[own].Value, shared.Value) };
        }
        return new EffectiveEntry(section, new ObjectNode(section.Node.Origin, members));
    }

    private static DocumentNode Combined(SectionKey key, DocumentNode own, DocumentNode shared)
    {
        if (key.Combination is not (Combination.FieldByField or Combination.KeyByKey)) return own;
        if (own is not ObjectNode a || WithoutGroup(shared) is not ObjectNode b) return own;
        // In a map an empty text is an entry; in a section it is nothing.
        var written = key.Combination == Combination.KeyByKey
            ? a.Members
            : [.. a.Members.Where(m => !IsNothing(m.Value) && m.Value is not ScalarNode { Text: "" })];
        return new ObjectNode(a.Origin, [.. written, .. b.Members.Where(m => !written.Any(w => string.Equals(w.Name, m.Name, StringComparison.OrdinalIgnoreCase)))]);
    }

    // A single global value that its owner combines by itself, such as Timeout, is always a default.
    private static bool IsInherited(SectionKey key) =>
        key.Combination != Combination.OwnOnly || key.Type == typeof(string) || (key.Options is null && key.Type.IsValueType);

    private static bool Applies(DocumentNode shared, RouteSection section)
    {
        var group = (shared as ObjectNode)?.Find("RouteKeys")?.Value;
        if (group is not ArrayNode { Items.Count: > 0 } and not ScalarNode { Text.Length: > 0 }) return true;
        return section.Key is { } key && (group is ArrayNode list ? list.Items : [group]).Any(i => i is ScalarNode name && name.Text == key);
    }

    private static DocumentNode WithoutGroup(DocumentNode shared) =>
        shared is ObjectNode map && map.Find("RouteKeys") is { } group ? new ObjectNode(map.Origin, [.. map.Members.Where(m => m != group)]) : shared;

    /// <summary>The known keys that are written, each once and under its present name; nothing, [] and {} are as good as not written.</summary>
    private static List<Member> Own(ObjectNode node, KeyCatalog catalog)
    {
        var members = new List<Member>(node.Members.Count);
        foreach (var member in node.Members)
        {
            if (catalog.Find(member.Name) is not { } key || IsNothing(member.Value)) continue;
            var value = member.Value is ObjectNode map && key.Options is { } shape && shape.Type == key.Type ? PresentNames.Of(map, shape) : member.Value;
            var present = member with { Name = key.Name, Value = value };
            var other = members.FindIndex(m => m.Name == key.Name);
            if (other < 0) members.Add(present);
            else if (string.Equals(member.Name, key.FormerName, StringComparison.OrdinalIgnoreCase)) members[other] = present;
        }
        return members;
    }

    private static bool IsNothing(DocumentNode node) =>
        node is ScalarNode { Scalar: ScalarKind.Null } or ObjectNode { Members.Count: 0 } or ArrayNode { Items.Count: 0 };
}
