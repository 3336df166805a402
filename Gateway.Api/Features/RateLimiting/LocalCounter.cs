namespace Gateway.Features.RateLimiting;

/// <summary>Counts in this process, by a state that is a pure function of a client's requests and their times.</summary>
internal sealed class LocalCounter<T>(ClientMap<T> clients, CountRequest<T> count) : IRateCounter where T : struct
{
    public ValueTask<Admission> AdmitAsync(Client client) => new(clients.Update(client, count));
}

internal static class LocalCounter
{
    /// <summary>The counter of a rule for this process alone.</summary>
    public static IRateCounter For(RateLimitRule rule, TimeProvider time)
    {
        // A second more than the state can matter, as Ocelot keeps it (contract 06 §1.4).
        var lifetime = rule.Period + rule.Wait + TimeSpan.FromSeconds(1);
        return rule.Algorithm switch
        {
            RateLimitAlgorithm.SlidingWindow => new LocalCounter<SlidingWindow>(
                new ClientMap<SlidingWindow>(lifetime + rule.Period, time), (ref window, now) => window.Count(rule, now)),
            RateLimitAlgorithm.TokenBucket => new LocalCounter<TokenBucket>(
                new ClientMap<TokenBucket>(lifetime, time), (ref bucket, now) => bucket.Count(rule, now)),
            RateLimitAlgorithm.Concurrency => new ConcurrencyCounter(rule),
            _ => new LocalCounter<FixedWindow>(new ClientMap<FixedWindow>(lifetime, time), (ref window, now) => window.Count(rule, now)),
        };
    }
}
