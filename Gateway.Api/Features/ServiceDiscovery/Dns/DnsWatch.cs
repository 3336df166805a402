using System.Net;
using System.Runtime.CompilerServices;
using DnsClient;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.Dns;

/// <summary>Asks for a target's records again and again.</summary>
/// <param name="server">The name server; null for the system's.</param>
/// <param name="interval">The pause between two questions; null for the records' time to live.</param>
internal sealed class DnsWatch(DnsTarget target, string? server, int port, TimeSpan? interval, TimeProvider time)
{
    // Records that may not be kept at all are still not asked for without end; and a change is seen in bounded time, whatever they allow.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<IReadOnlyList<Destination>> ListsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var lookup = new DnsLookup(new LookupClient(await OptionsAsync(cancellation)));
        while (true)
        {
            var records = await lookup.AskAsync(target, cancellation);
            yield return records.Destinations;
            await Task.Delay(Pause(records.TimeToLive, interval), time, cancellation);
        }
    }

    public static TimeSpan Pause(TimeSpan timeToLive, TimeSpan? interval) =>
        interval ?? TimeSpan.FromTicks(Math.Clamp(timeToLive.Ticks, Shortest.Ticks, Longest.Ticks));

    private async Task<LookupClientOptions> OptionsAsync(CancellationToken cancellation)
    {
        var servers = server is null ? NameServer.ResolveNameServers() : await NamedAsync(server, cancellation);
        return new LookupClientOptions([.. servers]) { UseCache = false, Timeout = AnswerWithin, Retries = 1 };
    }

    private async Task<IEnumerable<NameServer>> NamedAsync(string name, CancellationToken cancellation)
    {
        var addresses = await System.Net.Dns.GetHostAddressesAsync(name, cancellation);
        return addresses.Select(address => new NameServer(new IPEndPoint(address, port)));
    }
}
