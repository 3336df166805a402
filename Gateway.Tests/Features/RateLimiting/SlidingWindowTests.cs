using Gateway.Features.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.RateLimiting;

public sealed class SlidingWindowTests
{
    private readonly FakeTimeProvider _time = new();

    private IRateCounter Counter(long limit, double period) =>
        LocalCounter.For(Limits.Rule(limit, period, algorithm: RateLimitAlgorithm.SlidingWindow), _time);

    [Theory]
    [InlineData(2, 10, "0 9 9.5 10.5", "1 1 0 0")] // the joint of two fixed windows would let this through
    [InlineData(2, 10, "0 9 11 12", "1 1 1 0")]
    [InlineData(1, 10, "0 5 10.9 11 21.9 22.1", "1 0 0 1 0 1")]
    [InlineData(2, 10, "0 0 1000 1000 1000", "1 1 1 1 0")]
    public async Task Admits_by_what_the_last_period_held(long limit, double period, string times, string expected) =>
        Assert.Equal(expected, await Counter(limit, period).AtAsync(_time, times));

    [Fact]
    public async Task No_period_wherever_it_begins_holds_more_than_the_limit()
    {
        var random = new Random(7);
        var counter = Counter(5, 1);
        var start = _time.GetTimestamp();
        var admitted = new List<TimeSpan>();
        for (var i = 0; i < 2000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(random.NextDouble() * 0.1));
            if ((await counter.AdmitAsync(Limits.Alice)).IsAdmitted) admitted.Add(_time.GetElapsedTime(start));
        }

        // The sixth request of any six in a row comes more than a period after the first.
        Assert.All(admitted.Skip(5).Zip(admitted), pair => Assert.True(pair.First - pair.Second >= TimeSpan.FromSeconds(1)));
        Assert.InRange(admitted.Count, 400, 500); // some 100 s at 5 a second, less the tenth that counts to its end
    }

    [Fact]
    public async Task Says_when_the_oldest_request_leaves()
    {
        var counter = Counter(1, 10);
        await counter.AdmitAsync(Limits.Alice);
        _time.Advance(TimeSpan.FromSeconds(4));

        var refused = await counter.AdmitAsync(Limits.Alice);
        _time.Advance(refused.RetryAfter!.Value);

        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);
        Assert.True((await counter.AdmitAsync(Limits.Alice)).IsAdmitted);
    }
}
