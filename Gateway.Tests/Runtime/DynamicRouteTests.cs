using System.Net;
using Gateway.Features.ServiceDiscovery;
using Gateway.Tests.Support;

namespace Gateway.Tests.Runtime;

/// <summary>Services asked by their name in the path (contract 02 §8, 07 §3, 00).</summary>
public sealed class DynamicRouteTests : IAsyncLifetime
{
    private const string Provider = """ "ServiceDiscoveryProvider": { "Type": "Paper" }, "DownstreamScheme": "http" """;

    private readonly PaperRegistry _registry = new();
    private StubService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await StubService.StartAsync();
        foreach (var name in new[] { "svc", "product", "svc.x" }) _registry.Write(name, _service.Port);
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData("/product/products?x=1", "product", "/products?x=1")]
    [InlineData("/svc/a/b?x=1&x=2&flag&y=%26", "svc", "/a/b?x=1&x=2&flag&y=%26")]
    [InlineData("/svc", "svc", "/")]
    [InlineData("/svc/", "svc", "/")]
    [InlineData("/svc/a/", "svc", "/a/")]
    [InlineData("/ns.svc/a", "ns.svc", "/a")]
    [InlineData("/ns.svc.x/a", "ns.svc.x", "/a")]
    [InlineData("/svc/a%2Fb/%C3%A9", "svc", "/a%2Fb/%C3%A9")]
    [InlineData("/svc/../product/p", "product", "/p")]
    public async Task Sends_what_follows_the_service_to_it(string target, string asked, string expected)
    {
        await using var gateway = await StartAsync("", Provider);

        using var answer = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Put, new Uri(gateway.Address + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, _service.Only.Target);
        Assert.Equal("PUT", _service.Only.Method);
        Assert.Equal([asked], _registry.Asked);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/Svc/a")]
    [InlineData("/nobody/a")]
    [InlineData("/.svc/a")]
    [InlineData("/a%2Fb/c")]
    public async Task Is_a_404_where_no_service_of_that_name_has_an_instance(string target)
    {
        await using var gateway = await StartAsync("", Provider);

        using var answer = await gateway.GetAsync(target);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Sends_every_request_by_its_own_path_and_headers()
    {
        await using var gateway = await StartAsync("", Provider);
        var odd = new HttpRequestMessage(HttpMethod.Get, "/svc/one");
        odd.Headers.TryAddWithoutValidation("Accept", "*/*");
        odd.Headers.TryAddWithoutValidation("X-Odd", "{header:a-b} (");

        await gateway.SendAsync(odd);
        await gateway.GetAsync("/svc/two?q=2");
        await gateway.GetAsync("/product/three");

        Assert.Equal(["/one", "/two?q=2", "/three"], _service.Seen.Select(s => s.Target));
    }

    [Fact]
    public async Task Asks_static_routes_first_and_then_the_services_that_are_listed()
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{TestGateway.Route(_service.Port, "/svc/static", "/fixed")}} ], "DynamicRoutes": [ { "ServiceName": "svc" } ], "GlobalConfiguration": { {{Provider}} } }
            """, configure: Register);

        await gateway.GetAsync("/svc/static");
        await gateway.GetAsync("/svc/other");
        using var unlisted = await gateway.GetAsync("/product/a");

        Assert.Equal(["/fixed", "/other"], _service.Seen.Select(s => s.Target));
        Assert.Equal(HttpStatusCode.NotFound, unlisted.StatusCode);
    }

    [Fact]
    public async Task Serves_no_service_beside_routes_for_a_provider_alone()
    {
        await using var gateway = await TestGateway.StartAsync(
            $$"""{ "Routes": [ {{TestGateway.Route(_service.Port, "/static", "/fixed")}} ], "GlobalConfiguration": { {{Provider}} } }""", configure: Register);

        using var answer = await gateway.GetAsync("/svc/x");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(_registry.Asked);
    }

    [Theory]
    [InlineData("Off", "/svc/a", 404)]
    [InlineData("Listed", "/svc/a", 200)]
    [InlineData("Listed", "/product/a", 404)]
    [InlineData("All", "/product/a", 200)]
    public async Task Serves_the_services_that_are_wanted(string mode, string target, int status)
    {
        await using var gateway = await StartAsync("""{ "ServiceName": "svc" }""", $$""" {{Provider}}, "DynamicRouting": "{{mode}}" """);

        using var answer = await gateway.GetAsync(target);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Warns_that_every_service_of_the_registry_can_be_asked()
    {
        await using var gateway = await StartAsync("""{ "ServiceName": "svc" }""", Provider);
        var chosen = await gateway.ReloadAsync($$"""{ "GlobalConfiguration": { {{Provider}}, "DynamicRouting": "All" } }""");

        Assert.Empty(chosen);
        await gateway.ReloadAsync($$"""{ "GlobalConfiguration": { {{Provider}} } }""");
        Assert.Contains("every service", Assert.Single(gateway.Reloader.State.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/one.svc/a", "one")]
    [InlineData("/two.svc/a", "two")]
    [InlineData("/svc/a", "one")]
    [InlineData("/three.svc/a", "none")]
    public async Task Finds_an_entry_by_service_and_namespace(string target, string expected)
    {
        await using var gateway = await StartAsync("""
            { "ServiceName": "svc", "ServiceNamespace": "one", "Metadata": { "entry": "one" } },
            { "ServiceName": "svc", "ServiceNamespace": "two", "Metadata": { "entry": "two" } }
            """, Provider);

        await gateway.GetAsync(target);

        Assert.Equal(expected, _service.Only["X-Entry"]);
    }

    [Fact]
    public async Task Holds_the_global_options_for_services_without_an_entry_whatever_their_route_keys_say()
    {
        await using var gateway = await StartAsync("", Provider + """, "RateLimitOptions": { "Limit": 1, "Period": "1h", "RouteKeys": [ "k" ] } """,
            """ "DynamicRoutes": [ { "ServiceName": "product", "Key": "k" } ], """);

        await gateway.GetAsync("/svc/a");
        using var second = await gateway.GetAsync("/svc/a");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Fact]
    public async Task Applies_changed_options_to_services_in_use_and_keeps_their_counters()
    {
        var limited = """, "RateLimitOptions": { "Limit": 2, "Period": "1h" } """;
        await using var gateway = await StartAsync("", Provider + limited);

        await gateway.GetAsync("/svc/a");
        await gateway.ReloadAsync(Json("", Provider + limited + """, "Timeout": 7 """));
        await gateway.GetAsync("/svc/a");
        using var third = await gateway.GetAsync("/svc/a");
        await gateway.ReloadAsync(Json("", Provider));
        using var free = await gateway.GetAsync("/svc/a");

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    public async Task Watches_a_bounded_number_of_made_up_names_and_none_after_a_reload()
    {
        await using var gateway = await StartAsync("", Provider);

        for (var i = 0; i < 300; i++) await gateway.GetAsync($"/made-up-{i}/x");
        using var real = await gateway.GetAsync("/svc/a");
        await Eventually.TrueAsync(() => _registry.Watched <= 256, "a bounded number of watches");
        await gateway.ReloadAsync("{}");

        Assert.Equal(HttpStatusCode.OK, real.StatusCode);
        await Eventually.TrueAsync(() => _registry.Watched == 0, "an end of all watches");
    }

    [Theory]
    [InlineData("""{ "ServiceName": "svc" }, { "ServiceName": "svc" }""", "DynamicRoutes[1].ServiceName")]
    [InlineData("""{ "Metadata": { "a": "b" } }""", "DynamicRoutes[0].ServiceName")]
    [InlineData("""{ "ServiceName": "svc", "UpstreamHeaderTransform": { "a": "b" } }""", "DynamicRoutes[0].UpstreamHeaderTransform")]
    public async Task Refuses_an_entry_that_would_do_nothing(string entries, string path)
    {
        await using var gateway = await StartAsync("", Provider);

        var problems = await gateway.ReloadAsync(Json(entries, Provider));

        Assert.Equal(path, problems.OnlyError().Path);
    }

    [Fact]
    public async Task Adds_no_request_id()
    {
        await using var gateway = await StartAsync("", Provider + """, "RequestIdKey": "X-Rid" """);

        await gateway.GetAsync("/svc/a");

        Assert.Null(_service.Only["X-Rid"]);
    }

    private Task<TestGateway> StartAsync(string entries, string global, string more = "") => TestGateway.StartAsync(Json(entries, global, more), configure: Register);

    private static string Json(string entries, string global, string more = "") =>
        $"{{ {(entries.Length > 0 ? $"\"DynamicRoutes\": [ {entries} ]," : "")} {more} \"GlobalConfiguration\": {{ {global} }} }}";

    private void Register(IServiceCollection services)
    {
        services.AddSingleton<IDiscoveryProvider>(_registry);
        Gateway.Features.DelegatingHandlers.DelegatingHandlersServices.AddDelegatingHandler<Telling>(services, global: true);
    }

    private sealed class Telling : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Entry", Gateway.Pipeline.RequestMetadata.GetMetadata(request, "entry", "none"));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
