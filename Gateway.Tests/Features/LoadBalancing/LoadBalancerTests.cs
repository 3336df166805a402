using Gateway.Features.LoadBalancing;

namespace Gateway.Tests.Features.LoadBalancing;

public sealed class LoadBalancerTests
{
    [Fact]
    public void NoLoadBalancer_takes_the_first() =>
        Assert.Equal("aaaa", Balancing.Picks(new NoLoadBalancer(), Balancing.Destinations(3), 4));

    [Fact]
    public void RoundRobin_takes_one_after_the_other() =>
        Assert.Equal("abcabca", Balancing.Picks(new RoundRobin(), Balancing.Destinations(3), 7));

    [Fact]
    public void RoundRobin_goes_on_when_the_list_shrinks()
    {
        var balancer = new RoundRobin();
        var destinations = Balancing.Destinations(3);
        Balancing.Picks(balancer, destinations, 3);

        var picks = Balancing.Picks(balancer, destinations[..2], 4);

        Assert.Contains(picks, (string[])["abab", "baba"]);
    }

    [Fact]
    public void LeastConnection_takes_the_first_of_equals() =>
        Assert.Equal("aaa", Balancing.Picks(new LeastConnection(), Balancing.Destinations(2), 3));

    [Fact]
    public void LeastConnection_passes_over_who_is_busy()
    {
        var balancer = new LeastConnection();
        var destinations = Balancing.Destinations(2);

        var slow = balancer.Lease(Balancing.Request(), destinations);
        Assert.Equal("bb", Balancing.Picks(balancer, destinations, 2));
        slow.Leave();

        Assert.Equal("a", Balancing.Picks(balancer, destinations, 1));
    }

    [Fact]
    public void LeastConnection_counts_requests_that_other_routes_sent()
    {
        var destinations = Balancing.Destinations(2);
        new LeastConnection().Lease(Balancing.Request(), destinations);

        Assert.Equal("b", Balancing.Picks(new LeastConnection(), destinations, 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void LeastConnection_spreads_requests_that_choose_at_the_same_moment(int count)
    {
        var balancer = new LeastConnection();
        var destinations = Balancing.Destinations(count);
        var exchange = Balancing.Request();

        // Nobody leaves, so any two that chose by the same count would show as a difference of two.
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ => balancer.Lease(exchange, destinations));

        Assert.InRange(destinations.Max(d => d.InFlight) - destinations.Min(d => d.InFlight), 0, 1);
    }

    [Fact]
    public void PowerOfTwoChoices_takes_the_less_busy_of_two()
    {
        var balancer = new PowerOfTwoChoices(new Random(1));
        var destinations = Balancing.Destinations(2);
        destinations[0].Enter();

        Assert.Equal(new string('b', 50), Balancing.Picks(balancer, destinations, 50));
    }

    [Fact]
    public void PowerOfTwoChoices_reaches_all_destinations_and_keeps_them_even()
    {
        var balancer = new PowerOfTwoChoices(new Random(1));
        var destinations = Balancing.Destinations(5);
        var exchange = Balancing.Request();

        for (var i = 0; i < 1000; i++) balancer.Lease(exchange, destinations);

        Assert.All(destinations, d => Assert.InRange(d.InFlight, 190, 210));
    }
}
