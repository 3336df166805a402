namespace Gateway.Configuration;

/// <summary>The merged document as its readers see it: the global section and the entries of the three lists.</summary>
internal sealed class OcelotDocument
{
    /// <summary>The keys at the root that are the gateway's own.</summary>
    public static readonly string[] Roots = ["Routes", "DynamicRoutes", "Aggregates", "GlobalConfiguration"];

    private OcelotDocument(
        ObjectNode root, GlobalSection global, IReadOnlyList<RouteSection> routes, IReadOnlyList<RouteSection> dynamicRoutes, IReadOnlyList<RouteSection> aggregates)
    {
        (Root, Global, Routes, DynamicRoutes, Aggregates) = (root, global, routes, dynamicRoutes, aggregates);
    }

    /// <summary>Everything, as it was read.</summary>
    public ObjectNode Root { get; }

    public GlobalSection Global { get; }

    public IReadOnlyList<RouteSection> Routes { get; }

    public IReadOnlyList<RouteSection> DynamicRoutes { get; }

    public IReadOnlyList<RouteSection> Aggregates { get; }

    /// <summary>Reads the document; whatever is wrong with it goes to <paramref name="problems"/>, and what can be read is.</summary>
    public static OcelotDocument Read(ObjectNode root, KeyCatalog catalog, ProblemList problems)
    {
        problems.IsTolerant = Compatibility25.IsOn(root);
        CheckRoot(root, catalog, problems);

        var globalNode = root.Find("GlobalConfiguration")?.Value;
        if (globalNode is not (null or ObjectNode or ScalarNode { Scalar: ScalarKind.Null }))
            problems.Error(ProblemCodes.WrongType, globalNode.Origin, "GlobalConfiguration", $"must be an object, was {globalNode.Kind}", "Write { … }");
        var global = new GlobalSection(globalNode as ObjectNode ?? new ObjectNode(root.Origin, []), catalog, problems);
        var document = new OcelotDocument(root, global, Entries("Routes", Levels.Route), Entries("DynamicRoutes", Levels.DynamicRoute), Entries("Aggregates", Levels.Aggregate));
        new DocumentRules(document, catalog, problems).Check();
        return document;

        IReadOnlyList<RouteSection> Entries(string name, Levels level) =>
            [.. Items(root, name, problems).Select((node, i) => new RouteSection(node, $"{name}[{i}]", level, catalog, global, problems))];
    }

    private static IEnumerable<ObjectNode> Items(ObjectNode root, string name, ProblemList problems)
    {
        var node = root.Find(name)?.Value;
        if (node is null or ScalarNode { Scalar: ScalarKind.Null } or ScalarNode { Text: "" } or ObjectNode { Members.Count: 0 }) yield break;
        if (node is not ArrayNode array)
        {
            problems.Error(ProblemCodes.WrongType, node.Origin, name, $"must be a list of objects, was {node.Kind}", "Write [ { … }, { … } ]");
            yield break;
        }
        for (var i = 0; i < array.Items.Count; i++)
        {
            if (array.Items[i] is ObjectNode item) yield return item;
            else
            {
                problems.Error(ProblemCodes.WrongType, array.Items[i].Origin, $"{name}[{i}]",
                    $"must be an object, was {array.Items[i].Kind}", "Write { … }");
                yield return new ObjectNode(array.Items[i].Origin, []);
            }
        }
    }

    private static void CheckRoot(ObjectNode root, KeyCatalog catalog, ProblemList problems)
    {
        var seen = new Dictionary<string, Member>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in root.Members)
        {
            if (!seen.TryAdd(member.Name, member))
                problems.Error(ProblemCodes.DuplicateKey, member.NameOrigin, member.Name,
                    $"the key '{member.Name}' stands twice; the first is at line {seen[member.Name].NameOrigin.Line}", "Keep one of the two");
            if (Roots.Contains(member.Name, StringComparer.OrdinalIgnoreCase) || KeyCatalog.IsFree(member.Name)
                || HostSections.IsHost(member.Name) || HostSections.IsThirdParty(member.Name)) continue;
            catalog.Unread.AtRoot(member, problems);
        }
    }
}
