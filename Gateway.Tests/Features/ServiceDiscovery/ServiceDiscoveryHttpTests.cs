using System.Net;
using System.Text.Json;
using Gateway.Pipeline;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.ServiceDiscovery;

/// <summary>A real gateway, real services, and a real Consul agent.</summary>
public sealed class ServiceDiscoveryHttpTests
{
    [Fact]
    public async Task Serves_every_instance_that_Consul_lists_and_follows_changes()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var a = await StubService.StartAsync(200, "a");
        await using var b = await StubService.StartAsync(200, "b");
        await consul.RegisterAsync("cart", "a", a.Port);
        await using var gateway = await StartAsync(consul);
        Assert.Equal("aaa", await BodiesAsync(gateway, 3));

        await consul.RegisterAsync("cart", "b", b.Port);
        await Eventually.TrueAsync(async () => (await BodiesAsync(gateway, 2)).Order().SequenceEqual("ab"), "both instances serve");

        await consul.DeregisterAsync("a");
        await Eventually.TrueAsync(async () => await BodiesAsync(gateway, 2) == "bb", "the one that is left serves");
    }

    [Fact]
    public async Task Answers_404_for_a_service_without_instances_and_503_where_statuses_are_strict()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var gateway = await StartAsync(consul);
        await using var strict = await StartAsync(consul, """, "StrictStatusCodes": true """);

        using var refused = await gateway.GetAsync("/cart");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("no_instance", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        using var strictly = await strict.GetAsync("/cart");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, strictly.StatusCode);
    }

    [Fact]
    public async Task Answers_everything_while_Consul_is_away_and_health_tells_of_it()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var a = await StubService.StartAsync(200, "a");
        await consul.RegisterAsync("cart", "a", a.Port);
        await using var gateway = await StartAsync(consul);
        Assert.Equal("ready", (await HealthAsync(gateway)).GetProperty("status").GetString());

        await consul.KillAsync();
        await Eventually.TrueAsync(async () => (await HealthAsync(gateway)).GetProperty("status").GetString() == "degraded",
            "health tells");

        Assert.Equal(new string('a', 50), await BodiesAsync(gateway, 50));
        var service = (await HealthAsync(gateway)).GetProperty("services")[0];
        Assert.Equal("cart", service.GetProperty("service").GetString());
        Assert.Equal(1, service.GetProperty("instances").GetInt32());
        Assert.False(string.IsNullOrEmpty(service.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Loses_no_GET_when_an_instance_stops_before_Consul_notices()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var a = await StubService.StartAsync(200, "a");
        var b = await StubService.StartAsync(200, "b");
        await consul.RegisterAsync("cart", "a", a.Port);
        await consul.RegisterAsync("cart", "b", b.Port);
        await using var gateway = await StartAsync(consul);
        Assert.Equal("ab", string.Concat((await BodiesAsync(gateway, 2)).Order()));

        await b.DisposeAsync();

        Assert.Equal(new string('a', 20), await BodiesAsync(gateway, 20));
    }

    [Fact]
    public async Task Goes_on_with_its_lists_over_a_reload_while_Consul_is_away()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var a = await StubService.StartAsync(200, "a");
        await consul.RegisterAsync("cart", "a", a.Port);
        await using var gateway = await StartAsync(consul);
        var resources = gateway.Services.GetRequiredService<SharedResources>().Count;

        await consul.KillAsync();
        var problems = await gateway.ReloadAsync(Json(consul, "").Replace("/cart", "/basket", StringComparison.Ordinal));

        Assert.Empty(problems);
        using var answer = await gateway.GetAsync("/basket");
        Assert.Equal("a", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(resources, gateway.Services.GetRequiredService<SharedResources>().Count);
    }

    [Fact]
    public async Task Starts_without_Consul_after_a_bounded_time_and_reloads_at_once_then()
    {
        var time = new FakeTimeProvider();
        var json = $$"""
            {
              "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/", "ServiceName": "cart" } ],
              "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Host": "127.0.0.1", "Port": {{FreePorts.Take(1)[0]}} } }
            }
            """;

        var starting = TestGateway.StartAsync(json, configure: services => services.AddSingleton<TimeProvider>(time));
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return starting.IsCompleted;
        }, "it starts");
        await using var gateway = await starting;
        using var refused = await gateway.GetAsync("/a");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        // Time stands still now.
        Assert.Empty(await gateway.ReloadAsync(json.Replace("\"/a\"", "\"/b\"", StringComparison.Ordinal)));
        Assert.Equal(2, gateway.Reloader.State.Version);
    }

    private static Task<TestGateway> StartAsync(ConsulAgent consul, string global = "") => TestGateway.StartAsync(Json(consul, global));

    private static string Json(ConsulAgent consul, string global) => $$"""
        {
          "Routes": [
            {
              "Key": "cart", "UpstreamPathTemplate": "/cart", "DownstreamPathTemplate": "/", "DownstreamScheme": "http",
              "ServiceName": "cart", "LoadBalancerOptions": { "Type": "RoundRobin" }
            }
          ],
          "GlobalConfiguration": { "ServiceDiscoveryProvider": { {{consul.Json}} } {{global}} }
        }
        """;

    private static async Task<string> BodiesAsync(TestGateway gateway, int count)
    {
        var bodies = "";
        for (var i = 0; i < count; i++)
        {
            using var answer = await gateway.GetAsync("/cart");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            bodies += await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        return bodies;
    }

    private static Task<JsonElement> HealthAsync(TestGateway gateway) =>
        gateway.Management.GetFromJsonAsync<JsonElement>("/health/ready", TestContext.Current.CancellationToken);
}
