namespace Gateway.Features.QualityOfService;

/// <summary>
/// What a route may spend on repetitions: each request earns a share of one, each repetition costs one. A few are there from the start, so that
/// a quiet route can repeat too; savings are bounded, so that a good hour doesn't pay for a flood. Thread-safe.
/// </summary>
internal sealed class RetryBudget(double share)
{
    private const double Savings = 10;

    private readonly Lock _lock = new();
    private double _left = Savings;

    public void Earn()
    {
        lock (_lock) _left = Math.Min(Savings, _left + share);
    }

    public bool TrySpend()
    {
        lock (_lock)
        {
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }
}
