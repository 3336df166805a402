using System.Runtime.CompilerServices;

namespace Gateway.Features.RateLimiting;

/// <summary>
/// One client's requests of the last <c>Period</c>, counted in tenths of it. The tenth that is just leaving counts to its end, so that no
/// period, wherever it begins, holds more requests than the limit. Requests refused aren't counted.
/// </summary>
internal struct SlidingWindow
{
    private const int Slots = 11;

    private Counts _counts;
    private long _newest;

    /// <summary>Counts a request at <paramref name="now"/>, a time since any fixed moment.</summary>
    public Admission Count(RateLimitRule rule, TimeSpan now)
    {
        var step = rule.Period.Ticks / (double)(Slots - 1);
        var slot = (long)(now.Ticks / step);
        Forget(slot);

        long total = 0, oldest = slot;
        for (var s = slot - Slots + 1; s <= slot; s++)
        {
            if (s < 0) continue;
            if (total == 0) oldest = s;
            total += _counts[(int)(s % Slots)];
        }
        if (total >= rule.Limit) return new Admission(false, 0, RetryAfter: Leaves(oldest) - now);

        _counts[(int)(slot % Slots)]++;
        return new Admission(true, rule.Limit - total - 1, Leaves(slot) - now);

        TimeSpan Leaves(long s) => TimeSpan.FromTicks((long)Math.Ceiling((s + Slots) * step));
    }

    private void Forget(long slot)
    {
        for (var s = Math.Max(_newest + 1, slot - Slots + 1); s <= slot; s++) _counts[(int)(s % Slots)] = 0;
        _newest = slot;
    }

    [InlineArray(Slots)]
    private struct Counts
    {
        private long _first;
    }
}
