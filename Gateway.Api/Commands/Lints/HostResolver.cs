using System.Net;
using System.Net.Sockets;

namespace Gateway.Commands.Lints;

/// <summary>Asks the name service for every static host; only where that was asked for, since it takes time and depends on where it runs.</summary>
internal static class HostResolver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task LookAsync(LintedDocument document)
    {
        var hosts = document.Hosts.ToLookup(h => h.Host, StringComparer.OrdinalIgnoreCase);
        var found = await Task.WhenAll(hosts.Select(async h => (Host: h.Key, Reason: await WhyNotAsync(h.Key))));
        foreach (var (host, reason) in found.Where(f => f.Reason is not null))
            foreach (var named in hosts[host])
                named.Route.Section.Warning($"{named.Path}.Host", $"the name {host} can't be resolved: {reason}", "Correct the name, or make it known", LintCodes.UnknownHost);
    }

    private static async Task<string?> WhyNotAsync(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out _)) return null;
        try
        {
            using var late = new CancellationTokenSource(Patience);
            return (await Dns.GetHostAddressesAsync(host, late.Token)).Length > 0 ? null : "it has no address";
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return "no answer in time";
        }
    }
}
