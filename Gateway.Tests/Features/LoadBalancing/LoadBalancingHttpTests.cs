using System.Net;
using Gateway.Features.LoadBalancing;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.LoadBalancing;

/// <summary>A real gateway in front of services that answer with their own name.</summary>
public sealed class LoadBalancingHttpTests : IAsyncLifetime
{
    private readonly List<StubService> _services = [];

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["A", "B", "C"]) _services.Add(await StubService.StartAsync(200, name));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services) await service.DisposeAsync();
    }

    [Theory]
    [InlineData("RoundRobin", "ABCA")]
    [InlineData("roundrobin", "ABCA")]
    [InlineData("NoLoadBalancer", "AAAA")]
    [InlineData("LeastConnection", "AAAA")]
    [InlineData("CookieStickySessions", "ABCA")]
    public async Task Chooses_as_the_route_says(string type, string expected)
    {
        await using var gateway = await TestGateway.StartAsync($"{{ \"Routes\": [ {Route("/a", type)} ] }}");

        Assert.Equal(expected, await AskAsync(gateway, 4, "/a"));
    }

    [Fact]
    public async Task Gives_each_route_its_own_turns()
    {
        await using var gateway = await TestGateway.StartAsync(
            $"{{ \"Routes\": [ {Route("/a", "RoundRobin")}, {Route("/b", "RoundRobin")} ] }}");

        Assert.Equal("AABBCC", await AskAsync(gateway, 6, "/a", "/b"));
    }

    [Fact]
    public async Task Goes_on_with_its_turns_after_a_reload()
    {
        var json = $"{{ \"Routes\": [ {Route("/a", "RoundRobin")} ] }}";
        await using var gateway = await TestGateway.StartAsync(json);
        Assert.Equal("A", await AskAsync(gateway, 1, "/a"));

        await gateway.ReloadAsync(json.Replace("{ \"Routes\"", "{ \"_\": 1, \"Routes\"", StringComparison.Ordinal));

        Assert.Equal("BC", await AskAsync(gateway, 2, "/a"));
    }

    [Fact]
    public async Task Counts_a_request_until_its_answer_has_ended()
    {
        var end = new TaskCompletionSource();
        _services[0].Answer = async http =>
        {
            await http.Response.WriteAsync("A", Stopping);
            await http.Response.Body.FlushAsync(Stopping);
            await end.Task; // the head is long there, the body isn't
        };
        await using var gateway = await TestGateway.StartAsync($"{{ \"Routes\": [ {Route("/a", "LeastConnection")} ] }}");

        using var slow = await gateway.GetAsync("/a");
        Assert.Equal("BBB", await AskAsync(gateway, 3, "/a"));
        end.SetResult();
        await slow.Content.ReadAsStringAsync(Stopping);

        await Eventually.TrueAsync(async () => await AskAsync(gateway, 1, "/a") == "A", "the first is idle again");
    }

    [Fact]
    public async Task Spreads_requests_that_come_at_the_same_moment()
    {
        var end = new TaskCompletionSource();
        foreach (var service in _services) service.Answer = _ => end.Task;
        await using var gateway = await TestGateway.StartAsync($"{{ \"Routes\": [ {Route("/a", "LeastConnection")} ] }}");

        var asking = Enumerable.Range(0, 30).Select(_ => gateway.GetAsync("/a")).ToArray();
        await Eventually.TrueAsync(() => _services.Sum(s => s.Seen.Count) == 30, "all requests are under way");
        var counts = _services.Select(s => s.Seen.Count).ToArray();
        end.SetResult();
        foreach (var answer in await Task.WhenAll(asking)) answer.Dispose();

        Assert.Equal([10, 10, 10], counts);
    }

    [Theory]
    [InlineData("RoundRobin")]
    [InlineData("LeastConnection")]
    [InlineData("PowerOfTwoChoices")]
    [InlineData("NoLoadBalancer")]
    [InlineData("CookieStickySessions")]
    public async Task Passes_over_a_host_that_refuses_connections(string type)
    {
        await _services[0].DisposeAsync();
        await using var gateway = await TestGateway.StartAsync($"{{ \"Routes\": [ {Route("/a", type)} ] }}");

        var bodies = await AskAsync(gateway, 12, "/a");

        Assert.Equal(12, bodies.Length);
        Assert.DoesNotContain('A', bodies);
        _services.RemoveAt(0);
    }

    [Fact]
    public async Task Keeps_a_client_where_its_session_cookie_was_set()
    {
        _services[1].Answer = http =>
        {
            http.Response.Headers.SetCookie = "sid=s1; Path=/";
            return http.Response.WriteAsync("B");
        };
        await using var gateway = await TestGateway.StartAsync(
            $"{{ \"Routes\": [ {Route("/a", "CookieStickySessions", """, "Key": "sid" """)} ] }}");
        Assert.Equal("AB", await AskAsync(gateway, 2, "/a"));

        var bodies = "";
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "Cookie", "theme=dark; sid=s1" } } };
            using var answer = await gateway.SendAsync(request);
            bodies += await answer.Content.ReadAsStringAsync(Stopping);
        }

        Assert.Equal("BBBB", bodies);
    }

    [Fact]
    public async Task Uses_a_balancer_that_was_registered_in_one_line()
    {
        await using var gateway = await TestGateway.StartAsync(
            $"{{ \"Routes\": [ {Route("/a", "Backwards")} ] }}", configure: services => services.AddLoadBalancer<Backwards>());

        Assert.Equal("CCC", await AskAsync(gateway, 3, "/a"));
    }

    private string Route(string path, string type, string options = "") => $$"""
        {
          "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/", "DownstreamScheme": "http",
          "DownstreamHostAndPorts": [ {{string.Join(", ", _services.Select(s => $$"""{ "Host": "127.0.0.1", "Port": {{s.Port}} }"""))}} ],
          "LoadBalancerOptions": { "Type": "{{type}}" {{options}} }
        }
        """;

    private static async Task<string> AskAsync(TestGateway gateway, int count, params string[] paths)
    {
        var bodies = "";
        for (var i = 0; i < count; i++)
        {
            using var answer = await gateway.GetAsync(paths[i % paths.Length]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            bodies += await answer.Content.ReadAsStringAsync(Stopping);
        }
        return bodies;
    }

    internal sealed class Backwards : ILoadBalancer
    {
        public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
        {
            destinations[^1].Enter();
            return destinations[^1];
        }
    }
}
