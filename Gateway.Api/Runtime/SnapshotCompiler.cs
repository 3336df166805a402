using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>
/// Makes a snapshot of a document, or problems. To compile is to validate: <c>check</c>, start and reload all come through here, and nothing
/// else decides whether a configuration is good.
/// </summary>
internal sealed class SnapshotCompiler(FeatureSet features, RouteCompiler routes, SharedResources resources, IServiceProvider services)
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
        var entries = new List<RouteDefinition<CompiledRoute>>(document.Routes.Count);
        foreach (var section in document.Routes)
            if (routes.Compile(section, parts) is { } entry) entries.Add(entry);

        if (problems.HasErrors)
        {
            parts.Release();
            return null;
        }
        var settings = new SnapshotSettings(document.Global.ReadOwn(GlobalKeys.MethodNotAllowed) ?? false, refusals, entries.Count);
        return new Snapshot(new RouteTable<CompiledRoute>(entries), settings, parts);
    }
}
