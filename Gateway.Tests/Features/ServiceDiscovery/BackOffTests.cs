using CsCheck;
using Gateway.Features.ServiceDiscovery;

namespace Gateway.Tests.Features.ServiceDiscovery;

public sealed class BackOffTests
{
    [Theory]
    [InlineData(1, 100, 200)]
    [InlineData(2, 200, 400)]
    [InlineData(5, 1600, 3200)]
    [InlineData(7, 5000, 10000)]
    [InlineData(1000, 5000, 10000)]
    public void Doubles_up_to_ten_seconds_and_leaves_half_to_chance(int failures, int from, int to)
    {
        Gen.Int.Sample(seed =>
        {
            var pause = BackOff.After(failures, new Random(seed)).TotalMilliseconds;
            return pause >= from && pause <= to;
        });
    }
}
