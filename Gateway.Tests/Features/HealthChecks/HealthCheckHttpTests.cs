using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.HealthChecks;

public sealed class HealthCheckHttpTests : IAsyncLifetime
{
    private const string Fast = """ "Path": "/health?deep=1", "Interval": 20, "Timeout": 5000, "Unhealthy": 2, "Healthy": 2 """;

    private readonly List<StubService> _services = [];
    private readonly bool[] _isIll = new bool[2];

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var i in (int[])[0, 1]) _services.Add(await StubService.StartAsync(http => AnswerAsync(http, i)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services) await service.DisposeAsync();
    }

    [Fact]
    public async Task Passes_over_a_host_that_fails_its_check_and_uses_it_again_when_it_passes()
    {
        await using var gateway = await StartAsync(Fast);
        Assert.Equal("ABAB", await AskAsync(gateway, 4));

        _isIll[1] = true;
        await Eventually.TrueAsync(async () => await AskAsync(gateway, 2) == "AA", "the ill host is passed over");
        Assert.Equal("AAAA", await AskAsync(gateway, 4));

        _isIll[1] = false;
        await Eventually.TrueAsync(async () => (await AskAsync(gateway, 2)).Order().SequenceEqual("AB"), "the host is used again");
    }

    [Fact]
    public async Task Asks_every_host_for_the_path()
    {
        await using var gateway = await StartAsync(Fast);

        await Eventually.TrueAsync(() => _services.All(s => s.Seen.Count > 1), "checks");

        Assert.All(_services, s => Assert.Equal(("GET", "/health?deep=1"), (s.Seen[0].Method, s.Seen[0].Target)));
    }

    [Fact]
    public async Task Uses_all_hosts_when_all_fail_and_health_names_them()
    {
        _isIll[0] = _isIll[1] = true;
        await using var gateway = await StartAsync(Fast);
        await Eventually.TrueAsync(async () => (await ServiceAsync(gateway)).GetProperty("instances").GetInt32() == 0, "both fail");

        Assert.Equal(4, (await AskAsync(gateway, 4)).Length);
        var service = await ServiceAsync(gateway);
        Assert.Equal("Static", service.GetProperty("provider").GetString());
        Assert.StartsWith("2 of 2 hosts fail their check", service.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{_services[0].Port} (it answered 503)", service.GetProperty("error").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_by_a_connection_where_there_is_no_path()
    {
        var port = _services[1].Port;
        await using var gateway = await StartAsync(""" "Interval": 20, "Unhealthy": 1, "Healthy": 1 """);

        await _services[1].DisposeAsync();
        await Eventually.TrueAsync(async () => (await ServiceAsync(gateway)).GetProperty("instances").GetInt32() == 1,
            "the closed port is noticed");

        _services[1] = await StubService.StartAsync(http => AnswerAsync(http, 1), port: port);
        await Eventually.TrueAsync(async () => (await ServiceAsync(gateway)).GetProperty("instances").GetInt32() == 2,
            "the open port is noticed");
        Assert.Empty(_services[0].Seen);
    }

    [Fact]
    public async Task Gives_up_a_check_that_takes_too_long()
    {
        var end = new TaskCompletionSource();
        _services[1].Answer = _ => end.Task;
        await using var gateway = await StartAsync(""" "Path": "/health", "Interval": 20, "Timeout": 50, "Unhealthy": 1 """);

        await Eventually.TrueAsync(
            async () => $"{(await ServiceAsync(gateway)).GetProperty("error")}".Contains("no answer in time", StringComparison.Ordinal),
            "the time-out");
        end.SetResult();
    }

    [Fact]
    public async Task Knows_what_it_knew_after_a_reload_and_stops_when_no_route_asks()
    {
        _isIll[1] = true;
        await using var gateway = await StartAsync(Fast);
        await Eventually.TrueAsync(async () => await AskAsync(gateway, 2) == "AA", "the ill host is passed over");

        await gateway.ReloadAsync(Json(Fast).Replace("{ \"Routes\"", "{ \"_\": 1, \"Routes\"", StringComparison.Ordinal));
        Assert.Equal("AA", await AskAsync(gateway, 2));

        await gateway.ReloadAsync(Json(null));
        Assert.Equal("AB", string.Concat((await AskAsync(gateway, 2)).Order()));
        await Eventually.TrueAsync(() => gateway.Services.GetRequiredService<SharedResources>().Count == 4,
            "hosts, turns, connections and counts are all that is left");
    }

    [Theory]
    [InlineData(""" "Path": "health" """, "Path")]
    [InlineData(""" "Path": "http://a/health" """, "Path")]
    [InlineData(""" "Interval": 0 """, "Interval")]
    [InlineData(""" "Timeout": -1 """, "Timeout")]
    [InlineData(""" "Unhealthy": 0 """, "Unhealthy")]
    [InlineData(""" "Healthy": 0 """, "Healthy")]
    public async Task Refuses_what_can_not_be_checked(string options, string key)
    {
        await using var gateway = await TestGateway.StartAsync(Json(null));

        var problems = await gateway.ReloadAsync(Json(options));

        Assert.Equal($"Routes[0].HealthCheck.{key}", Assert.Single(problems, p => p.Severity == Severity.Error).Path);
    }

    [Fact]
    public async Task Leaves_services_of_a_registry_to_its_own_checks()
    {
        await using var dns = new DnsStub();
        await using var gateway = await TestGateway.StartAsync(Json(null));
        var route = $$""" "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/", "ServiceName": "cart.test:80" """;
        var global = $$""" "ServiceDiscoveryProvider": { "Type": "Dns", "Host": "127.0.0.1", "Port": {{dns.Port}} } """;

        var own = await gateway.ReloadAsync(
            $$"""{ "Routes": [ { {{route}}, "HealthCheck": { "Interval": 20 } } ], "GlobalConfiguration": { {{global}} } }""");
        var shared = await gateway.ReloadAsync(
            $$"""{ "Routes": [ { {{route}} } ], "GlobalConfiguration": { {{global}}, "HealthCheck": { "Interval": 20 } } }""");

        Assert.Equal("Routes[0].HealthCheck", Assert.Single(own).Path);
        Assert.Empty(shared);
    }

    private Task AnswerAsync(HttpContext http, int i)
    {
        if (http.Request.Path == "/health" && _isIll[i]) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync(i == 0 ? "A" : "B", Stopping);
    }

    private Task<TestGateway> StartAsync(string check) => TestGateway.StartAsync(Json(check));

    private string Json(string? check) => $$"""
        { "Routes": [ {
          "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/", "DownstreamScheme": "http",
          "DownstreamHostAndPorts": [ {{string.Join(", ", _services.Select(s => $$"""{ "Host": "127.0.0.1", "Port": {{s.Port}} }"""))}} ],
          "LoadBalancerOptions": { "Type": "RoundRobin" } {{(check is null ? "" : $$""", "HealthCheck": { {{check}} }""")}}
        } ] }
        """;

    private static async Task<string> AskAsync(TestGateway gateway, int count)
    {
        var bodies = "";
        for (var i = 0; i < count; i++)
        {
            using var answer = await gateway.GetAsync("/a");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            bodies += await answer.Content.ReadAsStringAsync(Stopping);
        }
        return bodies;
    }

    private static async Task<JsonElement> ServiceAsync(TestGateway gateway) =>
        (await gateway.Management.GetFromJsonAsync<JsonElement>("/health/ready", Stopping)).GetProperty("services")[0];
}
