using Gateway.Features.RateLimiting;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Gateway.Tests.Features.RateLimiting;

/// <summary>The scripts judge as the functions do: the same requests at the same times, one clock for both.</summary>
public sealed class CounterScriptTests
{
    [Theory]
    [InlineData("FixedWindow", 3, 1, 0)]
    [InlineData("FixedWindow", 2, 3, 1)]
    [InlineData("FixedWindow", 1, 1, 3)]
    [InlineData("FixedWindow", 0, 1, 0)]
    [InlineData("SlidingWindow", 5, 2, 0)]
    [InlineData("TokenBucket", 4, 2, 0)]
    public async Task Judges_as_the_function_does(string algorithm, long limit, double period, double wait)
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var redis = connection.GetDatabase();
        var rule = Limits.Rule(limit, period, wait, Enum.Parse<RateLimitAlgorithm>(algorithm));
        // The server's clock gives way to the test's.
        var script = CounterScripts.Of(rule.Algorithm).Replace("redis.call('TIME')", "{ARGV[4], ARGV[5]}", StringComparison.Ordinal);
        var time = new FakeTimeProvider();
        var function = LocalCounter.For(rule, time);
        var random = new Random(11);
        const long Begin = 1_800_000_000; // a multiple of every period here, as the function's own beginning is

        var elapsed = 0L;
        for (var i = 0; i < 300; i++)
        {
            var expected = await function.AdmitAsync(Limits.Alice);
            var actual = (long[])(await redis.ScriptEvaluateAsync(
                script, ["k"], [limit, (long)(period * 1e6), (long)(wait * 1e6), Begin + elapsed / 1_000_000, elapsed % 1_000_000]))!;

            Assert.Equal((i, expected.IsAdmitted, expected.Remaining), (i, actual[0] == 1, actual[1]));
            Assert.Equal((expected.UntilReset ?? TimeSpan.Zero).TotalMicroseconds, actual[2], 2.0);
            Assert.Equal((expected.RetryAfter ?? TimeSpan.Zero).TotalMicroseconds, actual[3], 2.0);

            var step = random.Next(0, 3) == 0 ? 0 : random.Next(1, 900_000);
            elapsed += step;
            time.Advance(TimeSpan.FromMicroseconds(step));
        }
    }
}
