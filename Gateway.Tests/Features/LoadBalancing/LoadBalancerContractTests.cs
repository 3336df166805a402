using CsCheck;
using Gateway.Features.LoadBalancing;
using Gateway.Pipeline;

namespace Gateway.Tests.Features.LoadBalancing;

/// <summary>What every balancer must keep.</summary>
public sealed class LoadBalancerContractTests
{
    public static TheoryData<string> Names =>
        ["NoLoadBalancer", "RoundRobin", "LeastConnection", "PowerOfTwoChoices", "CookieStickySessions"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Picks_one_of_the_list_and_enters_it_once(string name)
    {
        var balancer = Make(name);

        // Lists that change from request to request, as they do while destinations rest.
        Gen.Int[0, 7].Array[1, 5].Sample(indices =>
        {
            var all = Balancing.Destinations(8);
            Destination[] destinations = [.. indices.Distinct().Select(i => all[i])];

            var picked = balancer.Lease(Balancing.Request("s=1"), destinations);

            Assert.Contains(picked, destinations);
            Assert.Equal(1, picked.InFlight);
            Assert.Equal(1, all.Sum(d => d.InFlight));
        }, iter: 200);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Counts_right_when_many_ask_at_once(string name)
    {
        var balancer = Make(name);
        var destinations = Balancing.Destinations(3);

        Parallel.For(0, 2000, _ => balancer.Lease(Balancing.Request(), destinations));
        Assert.Equal(2000, destinations.Sum(d => d.InFlight));

        Parallel.For(0, 2000, _ => balancer.Lease(Balancing.Request(), destinations).Leave());
        Assert.Equal(2000, destinations.Sum(d => d.InFlight));
    }

    [Theory]
    [InlineData("NoLoadBalancer")]
    [InlineData("RoundRobin")]
    [InlineData("LeastConnection")]
    [InlineData("PowerOfTwoChoices")]
    public void Picks_without_allocating(string name)
    {
        var balancer = Make(name);
        var destinations = Balancing.Destinations(5);
        var exchange = Balancing.Request();
        for (var i = 0; i < 100; i++) balancer.Lease(exchange, destinations);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) balancer.Lease(exchange, destinations);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ILoadBalancer Make(string name) => name switch
    {
        "NoLoadBalancer" => new NoLoadBalancer(),
        "RoundRobin" => new RoundRobin(),
        "LeastConnection" => new LeastConnection(),
        "PowerOfTwoChoices" => new PowerOfTwoChoices(Random.Shared),
        _ => new CookieStickySessions("s", new StickySessions(TimeSpan.FromMinutes(1), TimeProvider.System)),
    };
}
