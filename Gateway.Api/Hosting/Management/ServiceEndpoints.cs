using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary><c>/services</c>: each list of destinations, its instances and how they do, and the routes that use it.</summary>
internal static class ServiceEndpoints
{
    public static void Map(WebApplication app, IServiceProvider gateway, SnapshotHolder holder)
    {
        var time = gateway.GetRequiredService<TimeProvider>();
        app.MapGet("/services", () =>
        {
            if (holder.Current is not { } snapshot) return Json.Of(new { services = Array.Empty<object>() });
            var users = snapshot.Table.Definitions.Select(d => d.Route).Concat(snapshot.Dynamic?.Listed ?? [])
                .Where(r => r.Parts.Source is not null)
                .ToLookup(r => r.Parts.Source!);
            return Json.Of(new { services = snapshot.Sources.GroupBy(s => (s.State.Service, s.State.Provider)).Select(g => Service([.. g], g.SelectMany(s => users[s]), time)) });
        });
    }

    private static object Service(IReadOnlyList<IDestinationSource> sources, IEnumerable<CompiledRoute> users, TimeProvider time)
    {
        var routes = users.ToArray();
        var state = sources[0].State;
        var circuits = routes.Select(r => r.Parts.IsCircuitOpen?.Invoke()).OfType<bool>().ToArray();
        var now = time.GetTimestamp();
        return new
        {
            service = state.Service,
            provider = state.Provider,
            staleForSeconds = (long)state.StaleFor.TotalSeconds,
            error = state.Error,
            circuits = circuits.Length,
            openCircuits = circuits.Count(open => open),
            routes = routes.Select(r => r.Route.Path),
            // Routes that write out the same hosts have lists of their own, with counts of their own.
            instances = sources.SelectMany(s => s.Current).GroupBy(d => d.Id, StringComparer.Ordinal).Select(g => new
            {
                id = g.Key,
                address = g.First().Authority,
                scheme = g.First().Scheme,
                tags = g.First().Tags,
                inFlight = g.Sum(d => d.InFlight),
                resting = g.Any(d => d.IsResting(now)),
            }),
        };
    }
}
