namespace Gateway.Features.RateLimiting;

/// <summary>One client's bucket: <c>Limit</c> tokens when full, filling evenly, from empty to full in one <c>Period</c>. A request takes one.</summary>
internal struct TokenBucket
{
    // A token that has all but arrived has arrived: fractions of time don't add up to whole ones exactly.
    private const double Rounding = 1e-6;

    // Tokens missing, so that a new bucket is full.
    private double _missing;
    private TimeSpan _at;

    /// <summary>Takes a token at <paramref name="now"/>, a time since any fixed moment.</summary>
    public Admission Count(RateLimitRule rule, TimeSpan now)
    {
        var each = rule.Period / rule.Limit;
        _missing = Math.Max(0, _missing - (now - _at) / each);
        _at = now;

        var left = Math.Floor(rule.Limit - _missing + Rounding);
        if (left < 1) return new Admission(false, 0, RetryAfter: each * (_missing + 1 - rule.Limit));

        _missing++;
        return new Admission(true, (long)left - 1, each * _missing);
    }
}
