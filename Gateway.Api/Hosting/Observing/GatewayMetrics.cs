using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Hosting.Observing;

/// <summary>The gateway's own instruments, beside the platform's. What is observed is looked up only when somebody reads.</summary>
internal sealed class GatewayMetrics
{
    public const string MeterName = "Gateway";

    // A registry may send ever new addresses; each is a series that whoever collects must keep.
    private const int MostDestinations = 1000;
    private const string OtherDestinations = "other";

    private readonly ConcurrentDictionary<string, byte> _destinations = new(StringComparer.Ordinal);
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _forwarded;
    private readonly Counter<long> _reloads;
    private readonly SnapshotHolder _holder;

    public GatewayMetrics(IMeterFactory meters, SnapshotHolder holder, SnapshotReloader reloader)
    {
        _holder = holder;
        var meter = meters.Create(MeterName);
        _refusals = meter.CreateCounter<long>("gateway.refusals", "{refusal}", "Requests that the gateway answered by itself, by code");
        _forwarded = meter.CreateCounter<long>("gateway.forwarded_requests", "{request}", "Requests that were sent on, by route, destination and class of status");
        _reloads = meter.CreateCounter<long>("gateway.configuration.reloads", "{reload}", "Attempts to take a configuration, by result");
        meter.CreateObservableGauge("gateway.configuration.version", () => reloader.State.Version, "{version}", "Configurations that have taken effect");
        meter.CreateObservableGauge("gateway.configuration.rejected", () => reloader.State.RejectedAt is null ? 0 : 1, "{configuration}", "1 while a newer configuration is refused");
        meter.CreateObservableGauge("gateway.configuration.routes", () => holder.Current?.Settings.Routes ?? 0, "{route}", "Entries that are served");
        meter.CreateObservableGauge("gateway.service.instances", () => Services(s => s.Instances), "{instance}", "Instances that a service has");
        meter.CreateObservableGauge("gateway.service.staleness", () => Services(s => s.StaleFor.TotalSeconds), "s", "How long a service's list hasn't been confirmed");
        meter.CreateObservableGauge("gateway.circuit.open", Circuits, "{circuit}", "1 while a route's circuit keeps calls away");
        reloader.Attempted += state => _reloads.Add(1, new KeyValuePair<string, object?>("result", state.RejectedAt is null ? "accepted" : "rejected"));
    }

    public void Count(HttpContext http, Exchange? exchange, Refusal? refusal)
    {
        if (refusal is not null && _refusals.Enabled)
            _refusals.Add(1, new KeyValuePair<string, object?>(RequestTags.RefusalCode, refusal.Code), new(RequestTags.Route, exchange?.Route.Name));
        if (exchange?.Destination is not { } destination || !_forwarded.Enabled) return;
        _forwarded.Add(1, new TagList
        {
            { RequestTags.Route, exchange.Route.Name },
            { RequestTags.Destination, Bounded(destination.Authority) },
            { "http.response.status_class", ClassOf(http.Response.StatusCode) },
        });
    }

    private string Bounded(string destination) =>
        _destinations.ContainsKey(destination) || (_destinations.Count < MostDestinations && _destinations.TryAdd(destination, 0)) ? destination : OtherDestinations;

    private static string ClassOf(int status) => (status / 100) switch { 1 => "1xx", 2 => "2xx", 3 => "3xx", 4 => "4xx", _ => "5xx" };

    private IEnumerable<Measurement<T>> Services<T>(Func<SourceState, T> value) where T : struct =>
        (_holder.Current?.Sources ?? []).Select(s => s.State).DistinctBy(s => (s.Service, s.Provider))
            .Select(s => new Measurement<T>(value(s), new KeyValuePair<string, object?>("gateway.service", s.Service), new("gateway.provider", s.Provider)));

    private IEnumerable<Measurement<int>> Circuits() =>
        (_holder.Current?.Table.Definitions ?? []).Select(d => d.Route).Where(r => r.Parts.IsCircuitOpen is not null)
            .GroupBy(r => r.Route.Name, StringComparer.Ordinal)
            .Select(g => new Measurement<int>(g.Any(r => r.Parts.IsCircuitOpen!()) ? 1 : 0, new KeyValuePair<string, object?>(RequestTags.Route, g.Key)));
}
