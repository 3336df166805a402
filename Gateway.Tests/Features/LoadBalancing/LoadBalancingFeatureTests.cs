using Gateway.Features.LoadBalancing;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.LoadBalancing;

public sealed class LoadBalancingFeatureTests : IDisposable
{
    private const string Hosts = """ "DownstreamHostAndPorts": [ { "Host": "a", "Port": 80 }, { "Host": "b", "Port": 80 } ] """;

    private readonly ServiceProvider _services = RouteCompilation.Services(configure: s => s.AddLoadBalancer<LastOfAll>());

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("NoLoadBalancer", typeof(NoLoadBalancer))]
    [InlineData("RoundRobin", typeof(RoundRobin))]
    [InlineData("roundrobin", typeof(RoundRobin))]
    [InlineData("LEASTCONNECTION", typeof(LeastConnection))]
    [InlineData("PowerOfTwoChoices", typeof(PowerOfTwoChoices))]
    [InlineData("CookieStickySessions", typeof(CookieStickySessions))]
    [InlineData("lastofall", typeof(LastOfAll))]
    public void Finds_the_balancer_by_name_in_any_case(string type, Type balancer)
    {
        using var compiled = Compile($$"""{ {{Hosts}}, "LoadBalancerOptions": { "Type": "{{type}}" } }""");

        Assert.Empty(compiled.Problems);
        Assert.IsType(balancer, compiled.Routes[0].Balancer);
    }

    [Theory]
    [InlineData("RoundRobbin", "Did you mean 'RoundRobin'")]
    [InlineData("Magic", "CookieStickySessions, LastOfAll, LeastConnection, NoLoadBalancer, PowerOfTwoChoices, RoundRobin")]
    public void Refuses_an_unknown_name(string type, string fix)
    {
        using var compiled = Compile($$"""{ {{Hosts}}, "LoadBalancerOptions": { "Type": "{{type}}" } }""");

        var problem = Assert.Single(compiled.Errors);
        Assert.Equal("Routes[0].LoadBalancerOptions.Type", problem.Path);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_unknown_global_name_that_no_route_uses()
    {
        using var compiled = Compile($$"""{ {{Hosts}}, "LoadBalancerOptions": { "Type": "RoundRobin" } }""",
            """ "LoadBalancerOptions": { "Type": "Magic" } """);

        Assert.Equal("GlobalConfiguration.LoadBalancerOptions.Type", Assert.Single(compiled.Errors).Path);
    }

    [Fact]
    public void Warns_of_hosts_that_no_balancer_reaches()
    {
        using var compiled = Compile($$"""{ {{Hosts}} }""");

        Assert.Empty(compiled.Errors);
        Assert.Contains("of these 2 hosts only the first", Assert.Single(compiled.Problems).Message, StringComparison.Ordinal);
        Assert.IsType<NoLoadBalancer>(compiled.Routes[0].Balancer);
    }

    [Fact]
    public void Applies_the_global_section_to_the_routes_it_names()
    {
        using var compiled = Compile($$"""{ "Key": "in", {{Hosts}} }, { "Key": "out", {{Hosts}} }""",
            """ "LoadBalancerOptions": { "Type": "LeastConnection", "RouteKeys": [ "in" ] } """);

        Assert.IsType<LeastConnection>(compiled.Routes[0].Balancer);
        Assert.IsType<NoLoadBalancer>(compiled.Routes[1].Balancer);
    }

    [Fact]
    public void Lets_the_routes_to_one_service_share_a_rotation()
    {
        using var compiled = Compile("""
            { "Key": "x", "ServiceName": "cart", "LoadBalancerOptions": { "Type": "RoundRobin" } },
            { "Key": "y", "ServiceName": "cart", "LoadBalancerOptions": { "Type": "RoundRobin" } },
            { "Key": "z", "ServiceName": "pay", "LoadBalancerOptions": { "Type": "RoundRobin" } }
            """);

        Assert.Same(compiled.Routes[0].Balancer, compiled.Routes[1].Balancer);
        Assert.NotSame(compiled.Routes[0].Balancer, compiled.Routes[2].Balancer);
    }

    [Fact]
    public void Gives_each_route_with_written_hosts_a_rotation_of_its_own_that_survives_a_reload()
    {
        var routes = $$"""
            { "Key": "x", {{Hosts}}, "LoadBalancerOptions": { "Type": "RoundRobin" } },
            { "Key": "y", {{Hosts}}, "LoadBalancerOptions": { "Type": "RoundRobin" } }
            """;
        using var before = Compile(routes);
        using var after = Compile(routes);

        Assert.NotSame(before.Routes[0].Balancer, before.Routes[1].Balancer);
        Assert.Same(before.Routes[0].Balancer, after.Routes[0].Balancer);
    }

    [Fact]
    public void Keeps_the_sticky_sessions_of_two_routes_apart()
    {
        var sticky = """ "LoadBalancerOptions": { "Type": "CookieStickySessions", "Key": "sid" } """;
        using var compiled = Compile(
            $$"""{ "Key": "x", "ServiceName": "cart", {{sticky}} }, { "Key": "y", "ServiceName": "cart", {{sticky}} }""");

        Assert.NotSame(compiled.Routes[0].Balancer, compiled.Routes[1].Balancer);
        Assert.Same(compiled.Routes[0].Balancer, Assert.Single(compiled.Routes[0].ResponseTransforms));
    }

    [Theory]
    [InlineData(""" "Expiry": 0 """, "Expiry")]
    [InlineData(""" "Expiry": -5 """, "Expiry")]
    [InlineData(""" "Key": "a b" """, "Key")]
    [InlineData(""" "Key": "a=b" """, "Key")]
    public void Refuses_sticky_sessions_that_could_not_stick(string member, string path)
    {
        using var compiled = Compile($$"""{ {{Hosts}}, "LoadBalancerOptions": { "Type": "CookieStickySessions", {{member}} } }""");

        Assert.Equal($"Routes[0].LoadBalancerOptions.{path}", Assert.Single(compiled.Errors).Path);
    }

    private RouteCompilation Compile(string routes, string global = "") =>
        RouteCompilation.Compile(_services, $$"""{ "Routes": [ {{routes}} ], "GlobalConfiguration": { {{global}} } }""");

    internal sealed class LastOfAll : ILoadBalancer
    {
        public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
        {
            destinations[^1].Enter();
            return destinations[^1];
        }
    }
}
