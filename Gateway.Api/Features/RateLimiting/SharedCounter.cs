using System.Security.Cryptography;
using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.RateLimiting;

/// <summary>
/// Counts for several gateways: a script judges and counts in one step, by the clock of the shared state. While that is away, this gateway
/// counts by itself.
/// </summary>
internal sealed class SharedCounter : IRateCounter
{
    private readonly ISharedState _shared;
    private readonly IRateCounter _alone;
    private readonly string _script;
    private readonly string _prefix;
    private readonly long[] _rule;

    /// <param name="route">The route's identity: no two routes share counters.</param>
    public SharedCounter(ISharedState shared, RateLimitRule rule, string route, IRateCounter alone)
    {
        (_shared, _alone, _script) = (shared, alone, CounterScripts.Of(rule.Algorithm));
        _prefix = "rate:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{route}\n{rule}")), 0, 16) + ":";
        _rule = [rule.Limit, (long)rule.Period.TotalMicroseconds, (long)rule.Wait.TotalMicroseconds];
    }

    public async ValueTask<Admission> AdmitAsync(Client client) =>
        await _shared.RunAsync(_script, $"{_prefix}{client}", _rule) is [var isAdmitted, var remaining, var untilReset, var retryAfter]
            ? new Admission(
                isAdmitted == 1,
                remaining,
                isAdmitted == 1 ? TimeSpan.FromMicroseconds(untilReset) : null,
                isAdmitted == 1 ? null : TimeSpan.FromMicroseconds(retryAfter))
            : await _alone.AdmitAsync(client);
}
