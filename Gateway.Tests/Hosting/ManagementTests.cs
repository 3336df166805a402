using System.Net;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hosting;

/// <summary>What the management listener tells.</summary>
public sealed class ManagementTests
{
    [Fact]
    public async Task Measures_requests_by_route_and_refusal_for_a_scraper()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/orders/{id}", "/{id}", more: "\"Key\": \"orders\"");

        using var good = await gateway.GetAsync("/orders/7");
        using var unknown = await gateway.GetAsync("/nothing");
        var metrics = "";
        await Eventually.TrueAsync(async () =>
        {
            metrics = await gateway.Management.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
            return metrics.Contains("gateway_refusal=\"no_route\"", StringComparison.Ordinal) && metrics.Contains("gateway_route=\"orders\"", StringComparison.Ordinal);
        }, "both requests are measured");

        Assert.Matches("""http_server_request_duration_seconds_count\{[^}]*http_route="/orders/\{id\}"[^}]*\} 1""", metrics);
        Assert.Matches($$"""gateway_forwarded_requests_total\{[^}]*gateway_destination="127.0.0.1:{{service.Port}}"[^}]*\} 1""", metrics);
        Assert.Matches("""gateway_refusals_total\{[^}]*gateway_refusal="no_route"[^}]*\} 1""", metrics);
        Assert.Contains("gateway_configuration_version", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_service_instances", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("/metrics", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_routes_in_match_order_with_steps_and_shadows()
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [
              {{TestGateway.Route(1, "/{everything}", "/{everything}", "\"Key\": \"rest\"")}},
              {{TestGateway.Route(1, "/a/{x}", "/{x}", "\"RateLimitOptions\": { \"Limit\": 1, \"Period\": \"1s\" }")}},
              {{TestGateway.Route(1, "/a/{y}", "/{y}", "\"UpstreamHttpMethod\": [ \"Get\" ]")}} ] }
            """);

        var routes = (await ReadAsync(gateway, "/routes")).GetProperty("routes").EnumerateArray().ToArray();

        Assert.Equal(["/a/{x}", "/a/{y}", "/{everything}"], routes.Select(r => r.GetProperty("template").GetString()));
        Assert.Contains("RateLimit", routes[0].GetProperty("steps").EnumerateArray().Select(step => step.GetString()));
        Assert.Equal("Routes[1]", routes[1].GetProperty("shadowedBy").GetString());
        Assert.StartsWith("GET ", routes[1].GetProperty("shadowExample").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_what_each_route_served_across_a_reload()
    {
        await using var service = await StubService.StartAsync();
        var json = $$"""{ "Routes": [ {{TestGateway.Route(service.Port, "/a", "/a")}} ] }""";
        await using var gateway = await TestGateway.StartAsync(json);

        using var first = await gateway.GetAsync("/a");
        await gateway.ReloadAsync(json.Replace("[ {", "[  {", StringComparison.Ordinal));
        using var second = await gateway.GetAsync("/a");

        await Eventually.TrueAsync(async () => (await ReadAsync(gateway, "/routes/traffic")).GetProperty("routes") is { } routes
            && routes.GetArrayLength() == 1 && routes[0].GetProperty("requests").GetInt32() == 2, "both requests are counted");
    }

    [Fact]
    public async Task Tells_each_services_instances_and_an_open_circuit()
    {
        await using var service = await StubService.StartAsync();
        service.Answer = http => { http.Response.StatusCode = 500; return Task.CompletedTask; };
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", more: "\"QoSOptions\": { \"MinimumThroughput\": 1, \"BreakDuration\": 60000 }");

        using var failed = await gateway.GetAsync("/a");
        var services = (await ReadAsync(gateway, "/services")).GetProperty("services");

        Assert.Equal(1, services[0].GetProperty("openCircuits").GetInt32());
        Assert.Equal($"127.0.0.1:{service.Port}", services[0].GetProperty("instances")[0].GetProperty("address").GetString());
    }

    [Fact]
    public async Task Shows_the_effective_configuration_with_secrets_covered()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a", global: "\"Timeout\": 7, \"ServiceDiscoveryProvider\": { \"Type\": \"Consul\", \"Token\": \"s3cret\" }");

        var text = await gateway.Management.GetStringAsync("/config", TestContext.Current.CancellationToken);

        Assert.Contains("\"Timeout\": 7", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_which_route_a_url_would_hit()
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{TestGateway.Route(81, "/a/{x}", "/b/{x}", "\"UpstreamHttpMethod\": [ \"Post\" ]")}}, {{TestGateway.Route(82, "/a/{y}", "/c/{y}")}} ] }
            """);

        var explanation = await ReadAsync(gateway, "/explain?method=get&url=/a/1?q=2");

        Assert.Equal("Routes[1]", explanation.GetProperty("route").GetProperty("path").GetString());
        Assert.Equal("http://127.0.0.1:82/c/1?q=2", explanation.GetProperty("downstream").GetString());
        Assert.Contains("takes only POST", explanation.GetProperty("verdicts")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_explain_what_is_no_request()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a");

        using var answer = await gateway.Management.GetAsync("/explain?url=nonsense", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Remembers_refusals_with_their_request_id_and_without_the_query()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a");

        using var answer = await gateway.GetAsync("/nothing?token=s3cret");
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("requestId").GetString();
        JsonElement refusals = default;
        await Eventually.TrueAsync(async () => (refusals = await ReadAsync(gateway, "/refusals")).GetProperty("last").GetArrayLength() == 1, "the refusal is noted");

        Assert.Equal(id, refusals.GetProperty("last")[0].GetProperty("requestId").GetString());
        Assert.Equal("no_route", refusals.GetProperty("counts")[0].GetProperty("code").GetString());
        Assert.DoesNotContain("s3cret", refusals.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remembers_reloads_with_problems_and_changes()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a");

        await gateway.ReloadAsync($$"""{ "Routes": [ {{TestGateway.Route(1, "/a", "/b")}} ] }""");
        await gateway.ReloadAsync("""{ "Routes": [ { "Nonsense": 1 } ] }""");
        JsonElement reloads = default;
        await Eventually.TrueAsync(async () => (reloads = (await ReadAsync(gateway, "/reloads")).GetProperty("reloads"))[1].GetProperty("changes").ValueKind == JsonValueKind.Array, "the changes are found out");

        Assert.Equal([false, true, true], reloads.EnumerateArray().Select(r => r.GetProperty("accepted").GetBoolean()));
        Assert.Contains(reloads[0].GetProperty("problems").EnumerateArray(), p => p.GetProperty("path").GetString() == "Routes[0].Nonsense");
        Assert.Contains(reloads[1].GetProperty("changes").EnumerateArray(), c => c.GetString()!.Contains("DownstreamPathTemplate: \"/a\" -> \"/b\"", StringComparison.Ordinal));
        Assert.NotEmpty((await ReadAsync(gateway, "/problems")).GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task Tries_a_mediation_plan_out()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a", more: "\"Key\": \"a\", \"Mediation\": { \"Response\": { \"Steps\": [ { \"Remove\": [ \"secret\" ] } ] } }");

        using var answer = await gateway.Management.PostAsJsonAsync("/mediate", new { route = "a", side = "response", body = """{"id":9007199254740993,"secret":1}""" }, TestContext.Current.CancellationToken);
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal("""{"id":9007199254740993}""", result.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Charts_the_last_minutes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", configure: s => s.AddSingleton<TimeProvider>(time));

        using var good = await gateway.GetAsync("/a");
        using var bad = await gateway.GetAsync("/nothing");
        await Eventually.TrueAsync(async () => (await ReadAsync(gateway, "/traffic")).GetProperty("active").GetInt32() == 0, "both have ended");
        time.Advance(TimeSpan.FromSeconds(5));
        var series = (await ReadAsync(gateway, "/traffic")).GetProperty("series").EnumerateArray().ToArray();

        var busy = Assert.Single(series, p => p.ValueKind == JsonValueKind.Array);
        Assert.Equal(1, busy[0].GetInt32());
        Assert.Equal(1, busy[2].GetInt32());
    }

    [Fact]
    public async Task Lets_no_other_site_into_the_page()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a");

        using var answer = await gateway.Management.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(TestGateway gateway, string path) =>
        await gateway.Management.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
}
