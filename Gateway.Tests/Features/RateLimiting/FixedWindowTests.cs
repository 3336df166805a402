using Gateway.Features.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.RateLimiting;

/// <summary>Every timeline of contract 06 §1.4.</summary>
public sealed class FixedWindowTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(3, 1, 0, "0 0 0 0 1.01", "1 1 1 0 1")]
    [InlineData(2, 3, 0, "0 0 0 1.1 3.2", "1 1 0 0 1")]
    [InlineData(2, 3, 1, "0 0 0 1.1", "1 1 0 1")] // a wait shorter than the period shortens the block
    [InlineData(1, 1, 3, "0 0 1.5 3.3", "1 0 0 1")]
    [InlineData(3, 86400, 0, "0 10 20 30 40000 86399 86401", "1 1 1 0 0 0 1")] // requests refused don't prolong the block
    [InlineData(0, 1, 0, "0 5", "0 0")]
    [InlineData(1, 1, 3, "0 1.5 3.1", "1 1 1")] // within the limit nobody waits
    [InlineData(1, 1, 1, "0 0.9 1.5 1.95", "1 0 0 1")] // the wait goes on beyond the window
    public async Task Admits_by_window_and_wait(long limit, double period, double wait, string times, string expected)
    {
        var counter = LocalCounter.For(Limits.Rule(limit, period, wait), _time);

        Assert.Equal(expected, await counter.AtAsync(_time, times));
    }

    [Theory]
    [InlineData(1, 10, 0, 3.5, 6.5)] // until the window's end
    [InlineData(1, 1, 3, 0, 3)] // until the wait's end
    [InlineData(0, 1, 0, 0, 0)] // never; 0 as in Ocelot
    public async Task Tells_how_long_to_wait(long limit, double period, double wait, double at, double seconds)
    {
        var counter = LocalCounter.For(Limits.Rule(limit, period, wait), _time);
        if (limit > 0) await counter.AdmitAsync(Limits.Alice);
        _time.Advance(TimeSpan.FromSeconds(at));

        var refused = await counter.AdmitAsync(Limits.Alice);

        Assert.False(refused.IsAdmitted);
        Assert.Equal(TimeSpan.FromSeconds(seconds), refused.RetryAfter);
    }

    [Fact]
    public async Task A_longer_block_counts_from_the_first_request_over_the_limit()
    {
        var counter = LocalCounter.For(Limits.Rule(1, 1, 3), _time);
        await counter.AtAsync(_time, "0 0 1.5");

        Assert.Equal(TimeSpan.FromSeconds(1.5), (await counter.AdmitAsync(Limits.Alice)).RetryAfter);
    }

    [Fact]
    public async Task Tells_what_is_left_and_when_the_window_ends()
    {
        var counter = LocalCounter.For(Limits.Rule(3, 10), _time);
        await counter.AdmitAsync(Limits.Alice);
        _time.Advance(TimeSpan.FromSeconds(4));

        var admission = await counter.AdmitAsync(Limits.Alice);

        Assert.Equal(1, admission.Remaining);
        Assert.Equal(TimeSpan.FromSeconds(6), admission.UntilReset);
    }

    [Fact]
    public async Task Counts_each_client_by_itself()
    {
        var counter = LocalCounter.For(Limits.Rule(1, 1), _time);
        await counter.AdmitAsync(Limits.Alice);

        Assert.False((await counter.AdmitAsync(Limits.Alice)).IsAdmitted);
        Assert.True((await counter.AdmitAsync(Limits.Bob)).IsAdmitted);
    }

    [Fact]
    public async Task Holds_the_limit_exactly_under_concurrent_requests()
    {
        var counter = LocalCounter.For(Limits.Rule(100, 60), _time);

        var admissions = await Task.WhenAll(Enumerable.Range(0, 1000)
            .Select(_ => Task.Run(async () => await counter.AdmitAsync(Limits.Alice), TestContext.Current.CancellationToken)));

        Assert.Equal(100, admissions.Count(a => a.IsAdmitted));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), admissions.Where(a => a.IsAdmitted).Select(a => a.Remaining).Order());
    }
}
