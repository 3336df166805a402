using System.Threading.RateLimiting;

namespace Gateway.Features.RateLimiting;

/// <summary>So many requests of a client at once, by the platform's limiter; it forgets clients that have none.</summary>
internal sealed class ConcurrencyCounter(RateLimitRule rule) : IRateCounter, IDisposable
{
    private readonly PartitionedRateLimiter<Client> _limiter = PartitionedRateLimiter.Create<Client, Client>(
        client => RateLimitPartition.GetConcurrencyLimiter(client, _ => new ConcurrencyLimiterOptions { PermitLimit = (int)rule.Limit }));

    public ValueTask<Admission> AdmitAsync(Client client)
    {
        var lease = _limiter.AttemptAcquire(client);
        return new(new Admission(lease.IsAcquired, _limiter.GetStatistics(client)?.CurrentAvailablePermits ?? 0, Lease: lease));
    }

    public void Dispose() => _limiter.Dispose();
}
