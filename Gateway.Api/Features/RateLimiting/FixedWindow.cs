namespace Gateway.Features.RateLimiting;

/// <summary>
/// One client's window, by Ocelot's rule (contract 06 §1.4). It begins with the first request and is over after <c>Period</c>. The first
/// request over the limit begins the wait; while it lasts the window is kept, and when it ends a new one begins, though the old may still run:
/// a wait shorter than the period shortens the block.
/// </summary>
internal struct FixedWindow
{
    private TimeSpan _startedAt;
    private TimeSpan? _exceededAt;
    private long _total;

    /// <summary>Counts a request at <paramref name="now"/>, a time since any fixed moment.</summary>
    public Admission Count(RateLimitRule rule, TimeSpan now)
    {
        var isRunning = _total > 0 && _startedAt + rule.Period >= now;
        if (isRunning && _total >= rule.Limit) _exceededAt ??= now;
        if (isRunning || _exceededAt + rule.Wait >= now) _total++;
        else Restart(now);

        var retryAfter = TimeSpan.Zero;
        if (_total > rule.Limit)
        {
            if (rule.Wait == TimeSpan.Zero && isRunning) retryAfter = _startedAt + rule.Period - now;
            else if (_exceededAt + rule.Wait - now is { Ticks: > 0 } left) retryAfter = left;
            else Restart(now);
        }
        return _total <= rule.Limit
            ? new Admission(true, rule.Limit - _total, _startedAt + rule.Period - now)
            : new Admission(false, 0, RetryAfter: retryAfter);
    }

    private void Restart(TimeSpan now) => (_startedAt, _exceededAt, _total) = (now, null, 1);
}
