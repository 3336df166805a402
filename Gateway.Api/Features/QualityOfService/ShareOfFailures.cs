namespace Gateway.Features.QualityOfService;

/// <summary>A share of failures among the calls of the last while, once there were enough calls. The while moves on in tenths.</summary>
internal sealed class ShareOfFailures(double limit, int minimum, TimeSpan period) : IFailureCount
{
    private const int Slots = 10;

    private readonly (int Calls, int Failures)[] _slots = new (int, int)[Slots];
    private long _newest;

    public bool Add(bool failed, TimeSpan now)
    {
        var slot = (long)(now / (period / Slots));
        for (var s = Math.Max(_newest + 1, slot - Slots + 1); s <= slot; s++) _slots[s % Slots] = default;
        _newest = slot;

        ref var current = ref _slots[slot % Slots];
        current = (current.Calls + 1, current.Failures + (failed ? 1 : 0));
        if (!failed) return false;

        var (calls, failures) = (0, 0);
        foreach (var (c, f) in _slots) (calls, failures) = (calls + c, failures + f);
        return calls >= minimum && failures >= limit * calls;
    }

    public void Reset() => Array.Clear(_slots);
}
