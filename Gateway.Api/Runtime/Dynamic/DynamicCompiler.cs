using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Runtime.Dynamic;

/// <summary>Compiles <c>DynamicRoutes</c>, and the way to services without an entry (contract 02 §8, 07 §3, 00).</summary>
internal sealed class DynamicCompiler(RouteCompiler routes, SharedResources resources, TimeProvider time)
{
    private const string Provider = "ServiceDiscoveryProvider";

    /// <returns>Null where nothing is to be asked by its name.</returns>
    public DynamicTable? Compile(OcelotDocument document, KeyCatalog catalog, SnapshotBuilder snapshot)
    {
        var mode = ModeOf(document);
        var listed = new List<(ServiceName, CompiledRoute)>(document.DynamicRoutes.Count);
        foreach (var entry in document.DynamicRoutes)
        {
            RefuseTwin(entry, document);
            if (routes.CompileDynamic(entry, snapshot, DynamicPath.Downstream) is { } route && ServiceName.Of(entry) is { } name) listed.Add((name, route));
        }
        if (mode == DynamicRouting.Off) return null;
        if (mode == DynamicRouting.Listed) return listed.Count > 0 ? new DynamicTable(listed, null) : null;

        Probe(document, catalog, snapshot);
        return new DynamicTable(listed, new ImplicitServices(name => Make(name, document, catalog, snapshot)));
    }

    /// <summary>Compiles an entry for nobody, which shows now what would be wrong with every service that somebody asks for.</summary>
    private void Probe(OcelotDocument document, KeyCatalog catalog, SnapshotBuilder snapshot)
    {
        var nobody = new ServiceName(null, "service");
        var found = new ProblemList { IsTolerant = document.Global.Problems.IsTolerant };
        var parts = new SnapshotBuilder(snapshot.Services, resources, snapshot.Refusals);
        routes.CompileDynamic(Entry(nobody, document, catalog, found), parts, DynamicPath.Downstream);
        parts.Release();

        var (origin, path) = document.Global.Locate(Provider);
        foreach (var problem in found)
            document.Global.Problems.Add(!problem.Path.StartsWith(PathOf(nobody), StringComparison.Ordinal) ? problem : problem with
            {
                Origin = origin,
                Path = path,
                Message = $"a service that is asked by its name alone can't be had: {problem.Message}",
                Fix = "Give each service a route, or name a registry whose services need no more than a name",
            });
    }

    private static string PathOf(ServiceName name) => $"DynamicRoutes[{name}]";

    private static DynamicRouting ModeOf(OcelotDocument document)
    {
        var alone = document.Routes.Count == 0 && document.Aggregates.Count == 0;
        if (document.Global.ReadOwn(GlobalKeys.DynamicRouting) is { } mode)
        {
            if (mode == DynamicRouting.Off && document.DynamicRoutes.Count > 0)
                document.Global.Warning("DynamicRouting", "the entries of DynamicRoutes have no effect", "Remove them, or write \"Listed\"", ProblemCodes.Conflict);
            return mode;
        }
        if (!alone || !document.Global.Has(Provider)) return DynamicRouting.Listed;
        document.Global.Warning(Provider, "every service that the registry knows can be asked from outside by its name, as in Ocelot",
            "Write \"DynamicRouting\": \"Listed\" to serve those in DynamicRoutes alone, or \"All\" if that is meant", ProblemCodes.InvalidValue);
        return DynamicRouting.All;
    }

    private static void RefuseTwin(RouteSection entry, OcelotDocument document)
    {
        if (ServiceName.Of(entry) is not { } name) return;
        var twin = document.DynamicRoutes.TakeWhile(e => e != entry).FirstOrDefault(e => ServiceName.Of(e) == name);
        if (twin is not null)
            entry.Error("ServiceName", $"{twin.Path} at {twin.Node.Origin} is for the same service, so that this entry could never be reached",
                "Remove one of the two", ProblemCodes.Duplicate);
    }

    private ImplicitService? Make(ServiceName name, OcelotDocument document, KeyCatalog catalog, SnapshotBuilder snapshot)
    {
        var problems = new ProblemList { IsTolerant = document.Global.Problems.IsTolerant };
        var parts = new SnapshotBuilder(snapshot.Services, resources, snapshot.Refusals);
        var route = routes.CompileDynamic(Entry(name, document, catalog, problems), parts, DynamicPath.Downstream);
        if (!problems.HasErrors && route?.Parts.Source is { } source) return new ImplicitService(route, source, parts, time);
        parts.Release();
        return null;
    }

    /// <summary>The entry that the file would hold for the service, if it had one with no options.</summary>
    private static RouteSection Entry(ServiceName name, OcelotDocument document, KeyCatalog catalog, ProblemList problems)
    {
        var origin = document.Global.Node.Origin;
        var members = new List<Member> { Text("ServiceName", name.Name) };
        if (name.Namespace is not null) members.Add(Text("ServiceNamespace", name.Namespace));
        return new RouteSection(new ObjectNode(origin, members), PathOf(name), Levels.DynamicRoute, catalog, document.Global, problems)
        {
            IsImplicit = true,
        };

        Member Text(string key, string text) => new(key, origin, new ScalarNode(origin, ScalarKind.String, text));
    }
}
