using Gateway.Configuration;
using static Gateway.Tests.Configuration.Loading;

namespace Gateway.Tests.Configuration;

public sealed class OverrideTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public OverrideTests() => _folder.Write("ocelot.json",
        """{ "Routes": [ { "UpstreamPathTemplate": "/a", "UpstreamHttpMethod": "Get", "DownstreamHostAndPorts": [ { "Host": "h", "Port": 1 } ], "RateLimitOptions": { "HttpStatusCode": 400 } } ] }""");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Routes__0__DownstreamHostAndPorts__0__Port", "77", "Routes.0.DownstreamHostAndPorts.0.Port", "\"77\"")]
    [InlineData("ROUTES__0__UPSTREAMPATHTEMPLATE", "/z", "Routes.0.UpstreamPathTemplate", "\"/z\"")]
    [InlineData("Routes__1__UpstreamPathTemplate", "/new", "Routes.1.UpstreamPathTemplate", "\"/new\"")]
    [InlineData("Routes__0__UpstreamHttpMethod__1", "Put", "Routes.0.UpstreamHttpMethod", "[\"Get\", \"Put\"]")]
    [InlineData("GlobalConfiguration__BaseUrl", "http://x", "GlobalConfiguration.BaseUrl", "\"http://x\"")]
    [InlineData("GlobalConfiguration__RateLimitOptions__RouteKeys__0", "k", "GlobalConfiguration.RateLimitOptions.RouteKeys", "[\"k\"]")]
    [InlineData("Aggregates__0__RouteKeys__0", "k", "Aggregates.0.RouteKeys", "[\"k\"]")]
    [InlineData("Routes__0__RateLimitOptions__StatusCode", "429", "Routes.0.RateLimitOptions.HttpStatusCode", null)]
    [InlineData("Routes", "nothing", "Routes.0.UpstreamPathTemplate", "\"/a\"")]
    public void Takes_single_values_from_the_environment(string name, string value, string path, string? expected) =>
        Assert.Equal(expected, Good(Files(_folder.Path, variables: [(name, value)])).At(path));

    [Fact]
    public void Lets_the_command_line_win_over_the_environment()
    {
        var loaded = Good(Files(_folder.Path, variables: [("Routes__0__Timeout", "1")], commandLine: [("Routes:0:Timeout", "2")]));

        Assert.Equal("\"2\"", loaded.At("Routes.0.Timeout"));
    }

    [Fact]
    public void Adds_entries_in_the_order_of_their_numbers()
    {
        (string, string)[] variables = [.. Enumerable.Range(1, 11).Select(i => ($"Routes__{i}__UpstreamPathTemplate", $"/{i}"))];

        Assert.Equal("/a /1 /2 /3 /4 /5 /6 /7 /8 /9 /10 /11", Good(Files(_folder.Path, variables: variables)).Templates());
    }

    [Fact]
    public void Tells_where_an_override_came_from()
    {
        var loaded = Good(Files(_folder.Path, variables: [("Routes__0__Timeout", "1")], commandLine: [("Routes:0:Priority", "2")]));

        var route = (ObjectNode)((ArrayNode)loaded.Root.Find("Routes")!.Value).Items[0];
        Assert.Equal("environment variable Routes__0__Timeout", route.Find("Timeout")!.Value.Origin.ToString());
        Assert.Equal("command line --Routes:0:Priority", route.Find("Priority")!.Value.Origin.ToString());
    }

    [Theory]
    [InlineData("Routes__5__Timeout")]
    [InlineData("Routes__first__Timeout")]
    public void Refuses_a_position_that_is_none(string name)
    {
        var problem = Assert.Single(Problems(Files(_folder.Path, variables: [(name, "1")])));

        Assert.Equal($"environment variable {name}", problem.Origin.ToString());
        Assert.Contains("from 0 to 1", problem.Fix, StringComparison.Ordinal);
    }
}
