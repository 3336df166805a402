using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary>The entries of the snapshot in use, in the order in which they are asked. Made once for each snapshot. Thread-safe.</summary>
internal sealed class RouteViews(SnapshotHolder holder)
{
    private readonly Lock _lock = new();
    private Snapshot? _of;
    private IReadOnlyList<RouteView> _views = [];

    public IReadOnlyList<RouteView> Current()
    {
        if (holder.Current is not { } snapshot) return [];
        lock (_lock)
        {
            if (snapshot == _of) return _views;
            (_views, _of) = (Make(snapshot), snapshot);
            return _views;
        }
    }

    private static IReadOnlyList<RouteView> Make(Snapshot snapshot)
    {
        var document = snapshot.Document;
        var sections = document.Routes.Concat(document.Aggregates).Concat(document.DynamicRoutes).ToDictionary(s => s.Path, StringComparer.Ordinal);
        var shadows = snapshot.Table.FindShadows().ToDictionary(s => s.Hidden.Route.Route.Path, StringComparer.Ordinal);
        return
        [
            .. snapshot.Table.Definitions.Select(d => View(d.Route, sections, d.Rule, shadows.GetValueOrDefault(d.Route.Route.Path))),
            .. (snapshot.Dynamic?.Listed ?? []).Select(r => View(r, sections, null, null)),
        ];
    }

    private static RouteView View(CompiledRoute entry, Dictionary<string, RouteSection> sections, RouteRule? rule, Shadow<CompiledRoute>? shadow)
    {
        var route = entry.Route;
        var section = sections.GetValueOrDefault(route.Path);
        var source = entry.Parts.Source?.State;
        return new RouteView(
            route.Path, route.Name, section?.Node.Origin.ToString(), section?.Level.ToString() ?? nameof(Levels.Route), rule?.Host?.ToString(), route.Template,
            rule?.Methods.Names ?? [], rule?.EffectivePriority ?? 0, route.IsProtected, [.. entry.Parts.StepNames], Handlers(section),
            Text(section, "DownstreamPathTemplate"), source?.Service, source?.Provider, route.MediationPlan, entry.Parts.IsCircuitOpen is not null,
            shadow?.By.Route.Route.Path, shadow?.Example.ToString())
        {
            Entry = entry,
        };
    }

    private static IReadOnlyList<string> Handlers(RouteSection? section) => section?.Node.Find("DelegatingHandlers")?.Value switch
    {
        ArrayNode list => [.. list.Items.OfType<ScalarNode>().Select(i => i.Text)],
        ScalarNode { Text.Length: > 0 } one => [one.Text],
        _ => [],
    };

    private static string? Text(RouteSection? section, string key) => (section?.Node.Find(key)?.Value as ScalarNode)?.Text;
}
