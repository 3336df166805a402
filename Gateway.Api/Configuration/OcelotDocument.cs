namespace Gateway.Configuration;

/// <summary>The merged document as its readers see it: the global section and the entries of the three lists.</summary>
internal sealed class OcelotDocument
{
    private static readonly string[] Roots = ["Routes", "DynamicRoutes", "Aggregates", "GlobalConfiguration"];

    private OcelotDocument(GlobalSection global, IReadOnlyList<RouteSection> routes, IReadOnlyList<RouteSection> dynamicRoutes, IReadOnlyList<RouteSection> aggregates)
    {
        (Global, Routes, DynamicRoutes, Aggregates) = (global, routes, dynamicRoutes, aggregates);
    }

    public GlobalSection Global { get; }

    public IReadOnlyList<RouteSection> Routes { get; }

    public IReadOnlyList<RouteSection> DynamicRoutes { get; }

    public IReadOnlyList<RouteSection> Aggregates { get; }

    /// <summary>Reads the document; whatever is wrong with it goes to <paramref name="problems"/>, and what can be read is.</summary>
    public static OcelotDocument Read(ObjectNode root, KeyCatalog catalog, ProblemList problems)
    {
        foreach (var member in root.Members) CheckRoot(member, catalog, problems);

        var globalNode = root.Find("GlobalConfiguration")?.Value;
        if (globalNode is not (null or ObjectNode or ScalarNode { Scalar: ScalarKind.Null }))
            problems.Error(ProblemCodes.WrongType, globalNode.Origin, "GlobalConfiguration", $"must be an object, was {globalNode.Kind}", "Write { … }");
        var global = new GlobalSection(globalNode as ObjectNode ?? new ObjectNode(root.Origin, []), catalog, problems);
        return new OcelotDocument(global, Entries("Routes", Levels.Route), Entries("DynamicRoutes", Levels.DynamicRoute), Entries("Aggregates", Levels.Aggregate));

        IReadOnlyList<RouteSection> Entries(string name, Levels level) =>
            [.. Items(root, name, problems).Select((node, i) => new RouteSection(node, $"{name}[{i}]", level, catalog, global, problems))];
    }

    private static IEnumerable<ObjectNode> Items(ObjectNode root, string name, ProblemList problems)
    {
        var node = root.Find(name)?.Value;
        if (node is null or ScalarNode { Scalar: ScalarKind.Null } or ScalarNode { Text: "" }) yield break;
        if (node is not ArrayNode array)
        {
            problems.Error(ProblemCodes.WrongType, node.Origin, name, $"must be a list of objects, was {node.Kind}", "Write [ { … } ]");
            yield break;
        }
        for (var i = 0; i < array.Items.Count; i++)
        {
            if (array.Items[i] is ObjectNode item) yield return item;
            else
            {
                problems.Error(ProblemCodes.WrongType, array.Items[i].Origin, $"{name}[{i}]", $"must be an object, was {array.Items[i].Kind}", "Write { … }");
                yield return new ObjectNode(array.Items[i].Origin, []);
            }
        }
    }

    private static void CheckRoot(Member member, KeyCatalog catalog, ProblemList problems)
    {
        if (Roots.Contains(member.Name, StringComparer.OrdinalIgnoreCase) || KeyCatalog.IsFree(member.Name)
            || HostSections.IsHost(member.Name) || HostSections.IsThirdParty(member.Name)) return;
        if (FormerKeys.Instead(member.Name) is { } instead)
            problems.Error(ProblemCodes.UnknownKey, member.NameOrigin, member.Name, $"'{member.Name}' is a key of old versions of Ocelot", instead);
        else if (Spelling.Nearest(member.Name, Roots) is { } nearest)
            problems.Error(ProblemCodes.UnknownKey, member.NameOrigin, member.Name, $"nothing reads the key '{member.Name}' here", $"Did you mean '{nearest}'?");
        else if (catalog.Find(member.Name) is { } key)
            problems.Error(ProblemCodes.MisplacedKey, member.NameOrigin, member.Name, $"'{key.Name}' has no effect at the root of the document",
                key.Levels.HasFlag(Levels.Global) ? "Put it inside 'GlobalConfiguration' or a route" : "Put it inside a route");
        else
            problems.Error(ProblemCodes.UnknownKey, member.NameOrigin, member.Name, $"nothing reads the key '{member.Name}' here",
                $"The keys here are {string.Join(", ", Roots)}; begin a remark's name with '_'");
    }
}
