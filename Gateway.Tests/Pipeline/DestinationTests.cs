using Gateway.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Pipeline;

public sealed class DestinationTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Destination _destination = new("a", 80);

    [Fact]
    public void Rests_for_a_second_after_a_failure()
    {
        Assert.Equal(0, SecondsOfRest(fails: false));
        Assert.Equal(1, SecondsOfRest());
    }

    [Fact]
    public void Rests_twice_as_long_after_every_further_failure_up_to_half_a_minute() =>
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => SecondsOfRest()));

    [Fact]
    public void Rests_for_a_second_again_once_it_has_answered()
    {
        for (var i = 0; i < 4; i++) SecondsOfRest();

        _destination.Answered();

        Assert.Equal(1, SecondsOfRest());
    }

    [Fact]
    public void Takes_a_burst_of_failures_for_one()
    {
        Parallel.For(0, 100, _ => _destination.Rest(_time));

        Assert.Equal(1, SecondsOfRest(fails: false));
        Assert.Equal(2, SecondsOfRest());
    }

    private int SecondsOfRest(bool fails = true)
    {
        if (fails) _destination.Rest(_time);
        for (var seconds = 0; ; seconds++)
        {
            if (!_destination.IsResting(_time.GetTimestamp())) return seconds;
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
