using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery.Static;

public sealed class StaticHostsTests : IDisposable
{
    private readonly ServiceProvider _services = RouteCompilation.Services();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Lists_the_hosts_in_their_order()
    {
        using var compiled = Compile("""[ { "Host": "b", "Port": 2 }, { "Host": "a", "Port": 1 } ]""");

        Assert.Empty(compiled.Errors);
        Assert.Equal(["b:2", "a:1"], compiled.Source.Current.Select(d => d.Authority));
        Assert.True(compiled.Source.FirstList.IsCompleted);
    }

    [Theory]
    [InlineData("localhost", "localhost:80")]
    [InlineData("10.0.0.1", "10.0.0.1:80")]
    [InlineData("my_service", "my_service:80")]
    [InlineData("::1", "[::1]:80")]
    [InlineData("[::1]", "[::1]:80")]
    public void Takes_names_and_addresses(string host, string authority)
    {
        using var compiled = Compile($$"""[ { "Host": "{{host}}", "Port": 80 } ]""");

        Assert.Empty(compiled.Errors);
        Assert.Equal(authority, Assert.Single(compiled.Source.Current).Authority);
    }

    [Theory]
    [InlineData("""[ { "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "missing or empty", "")]
    [InlineData("""[ { "Host": "", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "missing or empty", "")]
    [InlineData("""[ { "Host": "  ", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "missing or empty", "")]
    [InlineData("""[ { "Host": "http://a", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "without a scheme",
        "\"a\" here and \"DownstreamScheme\": \"http\"")]
    [InlineData("""[ { "Host": "https://a:81/x", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "without a scheme", "\"a\" here")]
    [InlineData("""[ { "Host": "a:81", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "host name or an address", "Write \"a\" here")]
    [InlineData("""[ { "Host": "a/b", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "host name or an address", "Write \"a\" here")]
    [InlineData("""[ { "Host": "a b", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "host name or an address", "")]
    [InlineData("""[ { "Host": "{x}", "Port": 80 } ]""", "DownstreamHostAndPorts[0].Host", "host name or an address", "")]
    [InlineData("""[ { "Host": "a" } ]""", "DownstreamHostAndPorts[0].Port", "missing", "1 to 65535")]
    [InlineData("""[ { "Host": "a", "Port": 0 } ]""", "DownstreamHostAndPorts[0].Port", "was 0", "")]
    [InlineData("""[ { "Host": "a", "Port": -1 } ]""", "DownstreamHostAndPorts[0].Port", "was -1", "")]
    [InlineData("""[ { "Host": "a", "Port": 65536 } ]""", "DownstreamHostAndPorts[0].Port", "was 65536", "")]
    [InlineData("""[ { "Host": "a", "Port": 1 }, { "Host": "", "Port": 2 } ]""", "DownstreamHostAndPorts[1].Host", "missing or empty", "")]
    public void Refuses_what_leads_nowhere(string hosts, string path, string message, string fix)
    {
        using var compiled = Compile(hosts);

        var problem = Assert.Single(compiled.Errors);
        Assert.Equal($"Routes[0].{path}", problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_every_fault_of_an_entry()
    {
        using var compiled = Compile("""[ { "Host": "http://a", "Port": 0 } ]""");

        Assert.Equal(["Routes[0].DownstreamHostAndPorts[0].Host", "Routes[0].DownstreamHostAndPorts[0].Port"],
            compiled.Errors.Select(p => p.Path));
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "DownstreamHostAndPorts": [] }""")]
    [InlineData("""{ "DownstreamHostAndPorts": null }""")]
    public void Refuses_a_route_without_hosts_and_service(string route)
    {
        using var compiled = RouteCompilation.Compile(_services, $$"""{ "Routes": [ {{route}} ] }""");

        var problem = Assert.Single(compiled.Errors);
        Assert.Equal("missing", problem.Code);
        Assert.Contains("leads nowhere", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_one_destination_twice_where_a_host_stands_twice()
    {
        using var compiled = Compile("""[ { "Host": "a", "Port": 1 }, { "Host": "b", "Port": 1 }, { "Host": "A", "Port": 1 } ]""");

        Assert.Equal(3, compiled.Source.Current.Count);
        Assert.Same(compiled.Source.Current[0], compiled.Source.Current[2]);
    }

    [Fact]
    public void Keeps_the_destinations_over_a_reload_that_leaves_the_hosts_alone()
    {
        using var before = Compile("""[ { "Host": "a", "Port": 1 } ]""");
        using var same = Compile("""[ { "Host": "a", "Port": 1 } ]""");
        using var other = Compile("""[ { "Host": "a", "Port": 2 } ]""");

        Assert.Same(before.Source, same.Source);
        Assert.NotSame(before.Source, other.Source);
    }

    private RouteCompilation Compile(string hosts) =>
        RouteCompilation.Compile(_services, $$"""{ "Routes": [ { "DownstreamHostAndPorts": {{hosts}} } ] }""");
}
