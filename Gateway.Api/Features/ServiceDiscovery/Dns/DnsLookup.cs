using DnsClient;
using DnsClient.Protocol;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.Dns;

/// <summary>Turns records into destinations. Servers like to answer in a new order each time; here the order is the addresses'.</summary>
internal sealed class DnsLookup(LookupClient client)
{
    /// <exception cref="DnsResponseException">No name server answered, or none could say.</exception>
    public Task<DnsRecords> AskAsync(DnsTarget target, CancellationToken cancellation) =>
        target.Port is { } port ? AskAddressesAsync(target.Name, port, cancellation) : AskServicesAsync(target.Name, cancellation);

    private async Task<DnsRecords> AskAddressesAsync(string name, int port, CancellationToken cancellation)
    {
        var addresses = await AddressesAsync(name, cancellation);
        return DnsRecords.Of(addresses.Select(a => new Destination(a.Address.ToString(), port)), addresses);
    }

    private async Task<DnsRecords> AskServicesAsync(string name, CancellationToken cancellation)
    {
        var answer = await QueryAsync(name, QueryType.SRV, cancellation);
        var services = answer.Answers.SrvRecords().ToList();

        // Only the best priority is asked for; the others are for when all of these are out of DNS. A lone "." says there is no service.
        var best = services.Where(s => s.Priority == services.Min(o => o.Priority) && s.Target.Value != ".").ToList();
        var destinations = new List<Destination>();
        var used = new List<DnsResourceRecord>(best);
        foreach (var service in best)
        {
            var addresses = answer.Additionals.OfType<AddressRecord>().Where(a => a.DomainName.Equals(service.Target)).ToList();
            if (addresses.Count == 0) addresses = await AddressesAsync(service.Target, cancellation);
            destinations.AddRange(addresses.Select(a => new Destination(a.Address.ToString(), service.Port)));
            used.AddRange(addresses);
        }
        return DnsRecords.Of(destinations, used);
    }

    private async Task<List<AddressRecord>> AddressesAsync(string name, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(QueryAsync(name, QueryType.A, cancellation), QueryAsync(name, QueryType.AAAA, cancellation));
        return [.. answers.SelectMany(a => a.Answers.OfType<AddressRecord>())];
    }

    /// <summary>"There is no such name" is an answer: the service has no instances. Anything else that isn't one is thrown.</summary>
    private async Task<IDnsQueryResponse> QueryAsync(string name, QueryType type, CancellationToken cancellation)
    {
        var answer = await client.QueryAsync(name, type, cancellationToken: cancellation);
        if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain)
            throw new DnsResponseException((DnsResponseCode)answer.Header.ResponseCode, $"The name server answered: {answer.ErrorMessage}");
        return answer;
    }
}
