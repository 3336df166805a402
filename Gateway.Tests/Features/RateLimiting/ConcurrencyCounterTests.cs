using Gateway.Features.RateLimiting;

namespace Gateway.Tests.Features.RateLimiting;

public sealed class ConcurrencyCounterTests
{
    [Fact]
    public async Task Admits_so_many_at_once_and_another_when_one_has_ended()
    {
        using var counter = new ConcurrencyCounter(Limits.Rule(2, 0, algorithm: RateLimitAlgorithm.Concurrency));
        var first = await counter.AdmitAsync(Limits.Alice);
        var second = await counter.AdmitAsync(Limits.Alice);
        var third = await counter.AdmitAsync(Limits.Alice);
        var other = await counter.AdmitAsync(Limits.Bob);
        first.Lease!.Dispose();
        var fourth = await counter.AdmitAsync(Limits.Alice);

        Assert.Equal([true, true, false, true, true], new[] { first, second, third, other, fourth }.Select(a => a.IsAdmitted));
        Assert.Equal(1, first.Remaining);
        Assert.Null(third.RetryAfter);
    }
}
