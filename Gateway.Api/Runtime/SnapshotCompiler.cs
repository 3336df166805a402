using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Routing;
using Gateway.Runtime.Dynamic;

namespace Gateway.Runtime;

/// <summary>
/// Makes a snapshot of a document, or problems. To compile is to validate: <c>check</c>, start and reload all come through here, and nothing
/// else decides whether a configuration is good.
/// </summary>
internal sealed class SnapshotCompiler(
    FeatureSet features, RouteCompiler routes, DynamicCompiler dynamicRoutes, SharedResources resources, IServiceProvider services)
{
    public KeyCatalog Catalog { get; } = new(features.Keys);

    /// <returns>A snapshot that the caller owns, or null where <paramref name="problems"/> holds an error; nothing is left rented then.</returns>
    public Snapshot? Compile(ObjectNode root, ProblemList problems) => Compile(OcelotDocument.Read(root, Catalog, problems), problems);

    /// <inheritdoc cref="Compile(ObjectNode, ProblemList)"/>
    public Snapshot? Compile(OcelotDocument document, ProblemList problems)
    {
        var compatible = document.Global.ReadOwn(GlobalKeys.Compatibility) is not null;
        var refusals = new RefusalStyle(compatible, document.Global.ReadOwn(GlobalKeys.StrictStatusCodes) ?? false);
        var parts = new SnapshotBuilder(services, resources, refusals);

        foreach (var feature in features.Document) feature.Compile(document, parts);
        parts.Members = Members(document, parts);
        var parents = document.Aggregates.SelectMany(MemberKeys).ToHashSet(StringComparer.Ordinal);
        var entries = new List<RouteDefinition<CompiledRoute>>(document.Routes.Count + document.Aggregates.Count);
        foreach (var section in document.Routes.Concat(document.Aggregates)) // in this order, where two fit alike
            if (routes.Compile(section, parts, isMember: section.Key is { } key && parents.Contains(key)) is { } entry) entries.Add(entry);
        var dynamic = dynamicRoutes.Compile(document, Catalog, parts);

        if (problems.HasErrors)
        {
            dynamic?.Dispose();
            parts.Release();
            return null;
        }
        var settings = new SnapshotSettings(document.Global.ReadOwn(GlobalKeys.MethodNotAllowed) ?? false, refusals,
            entries.Count + document.DynamicRoutes.Count, document.Global.ReadOwn(GlobalKeys.AccessLog) ?? AccessLogFormat.Off);
        return new Snapshot(new RouteTable<CompiledRoute>(entries), dynamic, settings, parts) { Document = document };
    }

    private Dictionary<string, MemberRoute> Members(OcelotDocument document, SnapshotBuilder parts)
    {
        var members = new Dictionary<string, MemberRoute>(StringComparer.Ordinal);
        foreach (var section in document.Routes)
            if (section.Key is { } key)
                members.TryAdd(key, new MemberRoute(key, section, placeholders => routes.CompileMember(section, parts, placeholders)));
        return members;
    }

    private static IEnumerable<string> MemberKeys(RouteSection aggregate) =>
        aggregate.Node.Find("RouteKeys")?.Value is ArrayNode keys ? keys.Items.OfType<ScalarNode>().Select(k => k.Text) : [];
}
