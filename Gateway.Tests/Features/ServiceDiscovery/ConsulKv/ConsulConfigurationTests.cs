using System.Net;
using System.Text;
using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery.ConsulKv;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.ServiceDiscovery.ConsulKv;

/// <summary>Real gateways that follow a real Consul agent (contract 07 §2.4, as 00 amends it).</summary>
public sealed class ConsulConfigurationTests : IAsyncLifetime
{
    private const string Key = "gateway/main";

    private ConsulAgent? _consul;
    private StubService _service = null!;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _consul = await ConsulAgent.StartAsync();
        _service = await StubService.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_consul is not null) await _consul.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Serves_the_local_document_and_stores_it_where_Consul_has_none()
    {
        await using var gateway = await StartAsync("/a");

        await ServesAsync(gateway, "/a");
        await Eventually.TrueAsync(async () => await StoredAsync() is { } stored && stored.Contains("\"/a\"", StringComparison.Ordinal),
            "it is stored");
    }

    [Fact]
    public async Task Serves_what_Consul_has_and_never_overwrites_it()
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        await ServesAsync(gateway, "/b");
        await ServesNotAsync(gateway, "/a");
        Assert.Equal(Routes("/b"), await StoredAsync());
    }

    [Fact]
    public async Task Takes_changes_in_every_gateway_within_a_second()
    {
        await StoreAsync(Routes("/b"));
        await using var one = await StartAsync("/a");
        await using var two = await StartAsync("/a");

        await StoreAsync(Routes("/c"));

        foreach (var gateway in (TestGateway[])[one, two])
        {
            await Eventually.TrueAsync(async () => (await gateway.GetAsync("/c")).StatusCode == HttpStatusCode.OK,
                "the change is in effect");
            await ServesNotAsync(gateway, "/b");
        }
    }

    [Fact]
    public async Task Goes_on_with_Consuls_configuration_when_the_local_file_changes()
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        var problems = await gateway.ReloadAsync(Local("/c"));

        Assert.Empty(problems);
        await ServesAsync(gateway, "/b");
        await ServesNotAsync(gateway, "/c");
    }

    [Theory]
    [InlineData("{ \"Routes\": [", "consul:gateway/main:1")]
    [InlineData("[]", "consul:gateway/main:1:1")]
    [InlineData("{ \"Routs\": [] }", "Did you mean 'Routes'")]
    public async Task Keeps_the_last_good_configuration_when_the_stored_one_is_wrong_and_tells_why(string broken, string why)
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        await StoreAsync(broken);
        await Eventually.TrueAsync(() => gateway.Reloader.State.RejectedAt is not null, "it is refused");

        await ServesAsync(gateway, "/b");
        Assert.Contains(why, string.Join('\n', gateway.Reloader.State.Problems), StringComparison.Ordinal);

        await StoreAsync(Routes("/c"));
        await Eventually.TrueAsync(async () => (await gateway.GetAsync("/c")).StatusCode == HttpStatusCode.OK,
            "the mended one is in effect");
    }

    [Fact]
    public async Task Keeps_the_last_good_configuration_when_the_key_is_removed()
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        await _consul!.DeleteAsync($"v1/kv/{Key}");
        await Eventually.TrueAsync(() => gateway.Reloader.State.RejectedAt is not null, "it is noticed");

        await ServesAsync(gateway, "/b");
        Assert.Contains("removed from Consul", Assert.Single(gateway.Reloader.State.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serves_on_while_Consul_is_away_and_follows_it_when_it_is_back()
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        await _consul!.KillAsync();
        await ServesAsync(gateway, "/b");
        var problems = await gateway.ReloadAsync(Local("/x"));
        Assert.Empty(problems);
        await ServesAsync(gateway, "/b");

        await _consul.StartAgainAsync();
        await StoreAsync(Routes("/c"));
        await Eventually.TrueAsync(async () => (await gateway.GetAsync("/c")).StatusCode == HttpStatusCode.OK, "the change is in effect");
    }

    [Fact]
    public async Task Serves_the_local_document_again_when_it_names_no_key_any_more()
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        await gateway.ReloadAsync(Routes("/c"));
        await ServesAsync(gateway, "/c");

        await StoreAsync(Routes("/d"));
        await gateway.ReloadAsync(Local("/a"));
        await ServesAsync(gateway, "/d");
    }

    [Fact]
    public async Task Finds_services_by_the_local_way_to_Consul_where_the_stored_document_has_none()
    {
        await _consul!.RegisterAsync("cart", "c1", _service.Port);
        await StoreAsync("""
            { "Routes": [ { "UpstreamPathTemplate": "/b", "DownstreamPathTemplate": "/", "DownstreamScheme": "http",
                "ServiceName": "cart" } ],
              "GlobalConfiguration": { "StrictStatusCodes": true } }
            """);
        await using var gateway = await StartAsync("/a");

        await ServesAsync(gateway, "/b");
    }

    [Fact]
    public async Task Puts_the_environment_into_the_stored_document_and_not_into_what_it_stores()
    {
        await StoreAsync(Routes("/${AREA}"));
        await using var gateway = await TestGateway.StartAsync(Local("/a"), settings: [("AREA", "north")]);

        await ServesAsync(gateway, "/north");
        Assert.Equal(Routes("/${AREA}"), await StoredAsync());
    }

    [Fact]
    public async Task Tells_of_a_broken_local_file_while_Consuls_configuration_goes_on()
    {
        await StoreAsync(Routes("/b"));
        await using var gateway = await StartAsync("/a");

        var problems = await gateway.ReloadAsync("{ \"Routes\": [");

        Assert.Equal(Severity.Warning, Assert.Single(problems).Severity);
        await StoreAsync(Routes("/c"));
        await Eventually.TrueAsync(async () => (await gateway.GetAsync("/c")).StatusCode == HttpStatusCode.OK, "the change is in effect");
    }

    [Fact]
    public async Task Does_not_start_with_the_local_document_when_Consul_is_away()
    {
        await _consul!.KillAsync();
        var time = new FakeTimeProvider();
        await using var services = RouteCompilation.Services(time);
        await using var source = ActivatorUtilities.CreateInstance<ConsulConfiguration>(services, new TextSource(Local("/a")));
        var problems = new ProblemList();

        var reading = source.ReadAsync(problems, Stopping).AsTask();
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return reading.IsCompleted;
        }, "it gives up");

        Assert.Null(await reading);
        var problem = Assert.Single(problems);
        Assert.Equal("consul:gateway/main", problem.Origin.File);
        Assert.Contains("refused", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_key_with_a_provider_that_is_not_Consul()
    {
        await using var gateway = await TestGateway.StartAsync(Routes("/a"));

        var problems = await gateway.ReloadAsync(
            $$"""{ "Routes": [ {{TestGateway.Route(1, "/a", "/d")}} ], "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Type": "Dns", "ConfigurationKey": "x" } } }""");

        Assert.Equal("GlobalConfiguration.ServiceDiscoveryProvider.ConfigurationKey", Assert.Single(problems).Path);
    }

    private Task<TestGateway> StartAsync(string path) => TestGateway.StartAsync(Local(path));

    /// <summary>A local document with one route, that leads to Consul.</summary>
    private string Local(string path) =>
        Document(path, $$""" "ServiceDiscoveryProvider": { {{_consul!.Json}}, "ConfigurationKey": "{{Key}}" } """);

    private string Routes(string path) => Document(path, "");

    private string Document(string path, string global) => $$"""
        {
          "Routes": [ {
            "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/", "DownstreamScheme": "http",
            "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{_service.Port}} } ]
          } ],
          "GlobalConfiguration": { {{global}} }
        }
        """;

    private Task StoreAsync(string json) => _consul!.PutAsync($"v1/kv/{Key}", new StringContent(json, Encoding.UTF8));

    private async Task<string?> StoredAsync()
    {
        var found = await _consul!.FindAsync($"v1/kv/{Key}");
        return found is { } json ? Encoding.UTF8.GetString(json[0].GetProperty("Value").GetBytesFromBase64()) : null;
    }

    private static async Task ServesAsync(TestGateway gateway, string path)
    {
        using var answer = await gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task ServesNotAsync(TestGateway gateway, string path)
    {
        using var answer = await gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
