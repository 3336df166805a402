using Gateway.Features.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.RateLimiting;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider _time = new();

    private IRateCounter Counter(long limit, double period) =>
        LocalCounter.For(Limits.Rule(limit, period, algorithm: RateLimitAlgorithm.TokenBucket), _time);

    [Theory]
    [InlineData(3, 3, "0 0 0 0", "1 1 1 0")] // full at first
    [InlineData(3, 3, "0 0 0 1 1 2 2", "1 1 1 1 0 1 0")] // a token each second
    [InlineData(3, 3, "0 0 0 100 100 100 100", "1 1 1 1 1 1 0")] // never more than full
    [InlineData(10, 1, "0 0 0 0 0 0 0 0 0 0 0.05 0.1", "1 1 1 1 1 1 1 1 1 1 0 1")]
    public async Task Admits_while_there_are_tokens(long limit, double period, string times, string expected) =>
        Assert.Equal(expected, await Counter(limit, period).AtAsync(_time, times));

    [Fact]
    public async Task Says_when_the_next_token_comes()
    {
        var counter = Counter(2, 10);
        await counter.AtAsync(_time, "0 0 2");

        var refused = await counter.AdmitAsync(Limits.Alice);

        Assert.Equal(3, refused.RetryAfter!.Value.TotalSeconds, 3);
    }
}
