namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// How long to wait before the next attempt: twice as long after every failure, up to ten seconds; a random half of it keeps many gateways
/// from asking at the same moment.
/// </summary>
internal static class BackOff
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    /// <param name="failures">How many attempts have failed in a row, this one included.</param>
    /// <param name="random">Where in its second half the pause ends.</param>
    public static TimeSpan After(int failures, Random random)
    {
        var doublings = Math.Min(failures - 1, 16);
        var whole = Math.Min(First.TotalMilliseconds * (1 << doublings), Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(whole / 2 * (1 + random.NextDouble()));
    }
}
