using DnsClient.Protocol;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.Dns;

/// <summary>What DNS said of a service, and for how long it may be believed.</summary>
internal sealed record DnsRecords(IReadOnlyList<Destination> Destinations, TimeSpan TimeToLive)
{
    /// <param name="destinations">In any order; the same one may come twice.</param>
    /// <param name="records">What they were read from; none is believed for no time at all.</param>
    public static DnsRecords Of(IEnumerable<Destination> destinations, IReadOnlyCollection<DnsResourceRecord> records) => new(
        [.. destinations.DistinctBy(d => d.Authority).OrderBy(d => d.Authority, StringComparer.Ordinal)],
        TimeSpan.FromSeconds(records.Count == 0 ? 0 : records.Min(r => r.TimeToLive)));
}
