using System.Net;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hosting.Administration;

/// <summary>The administration interface over HTTP (contract 08 §6.3, as 00 amends it).</summary>
public sealed class AdministrationTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_not_there_unless_the_host_asks_for_it()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/{everything}", "/{everything}");

        using var answer = await gateway.AdministerAsync(HttpMethod.Get, "/configuration", token: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/administration/configuration", Assert.Single(service.Seen).Path);
    }

    [Theory]
    [InlineData("GET", "/configuration")]
    [InlineData("POST", "/configuration")]
    [InlineData("DELETE", "/outputcache/a")]
    [InlineData("GET", "/running")]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "")]
    public async Task Nobody_gets_anywhere_without_a_token(string method, string path)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);

        foreach (var token in new[] { null, "nonsense", "a.b.c", "" })
        {
            using var answer = await gateway.AdministerAsync(new HttpMethod(method), path, token, method == "POST" ? "{}" : null);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Tells_the_configuration_as_it_is_written_in_camel_case()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            service, "/a", "/d", """ "UpstreamHeaderTransform": { "X-Some-Header": "a, b" }, "RateLimitOptions": { "Limit": 5, "Period": "1m" } """,
            settings: AdministrationClient.Settings);

        using var answer = await gateway.AdministerAsync(HttpMethod.Get, "/configuration", await gateway.TokenAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var route = (await answer.JsonAsync()).GetProperty("routes")[0];
        Assert.Equal("/a", route.GetProperty("upstreamPathTemplate").GetString());
        Assert.Equal(5, route.GetProperty("rateLimitOptions").GetProperty("limit").GetInt32());
        Assert.Equal(service.Port, route.GetProperty("downstreamHostAndPorts")[0].GetProperty("port").GetInt32());
        Assert.Equal("a, b", route.GetProperty("upstreamHeaderTransform").GetProperty("X-Some-Header").GetString());
    }

    [Fact]
    public async Task A_posted_configuration_is_in_use_at_once_and_told_back()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);
        var token = await gateway.TokenAsync();

        using var answer = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", token, Routes(service, "/b"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/b", (await answer.JsonAsync()).GetProperty("routes")[0].GetProperty("upstreamPathTemplate").GetString());
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("/b"));
        Assert.Equal(HttpStatusCode.NotFound, await gateway.StatusAsync("/a"));
    }

    [Fact]
    public async Task What_is_told_may_be_posted_as_it_is()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);
        var token = await gateway.TokenAsync();
        using var told = await gateway.AdministerAsync(HttpMethod.Get, "/configuration", token);

        using var answer = await gateway.AdministerAsync(
            HttpMethod.Post, "/configuration", token, await told.Content.ReadAsStringAsync(Stopping), told.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(told.Headers.ETag, answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("/a"));
    }

    [Fact]
    public async Task A_configuration_with_errors_changes_nothing_and_every_problem_is_named_with_its_place()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);
        var token = await gateway.TokenAsync();

        using var answer = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", token,
            """
            { "Routes": [
              { "UpstreamPathTemplate": "b", "DownstreamPathTemplate": "/", "DownstreamScheme": "http",
                "DownstreamHostAndPorts": [ { "Host": "x", "Port": 80 } ],
                "RateLimitOption": {} } ] }
            """);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problems = (await answer.JsonAsync()).GetProperty("problems").EnumerateArray().ToArray();
        Assert.Contains(problems, p => p.GetProperty("path").GetString() == "Routes[0].UpstreamPathTemplate" && p.GetProperty("line").GetInt32() == 2);
        Assert.Contains(problems, p => p.GetProperty("path").GetString() == "Routes[0].RateLimitOption" && p.GetProperty("line").GetInt32() == 4);
        Assert.All(problems, p => Assert.True(p.GetProperty("column").GetInt32() > 0));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("/a"));
        Assert.Null(gateway.Reloader.State.RejectedAt);
        using var told = await gateway.AdministerAsync(HttpMethod.Get, "/configuration", token);
        Assert.Equal("/a", (await told.JsonAsync()).GetProperty("routes")[0].GetProperty("upstreamPathTemplate").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"Routes\": [")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_body_that_is_no_document_changes_nothing(string body)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var answer = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", await gateway.TokenAsync(), body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty((await answer.JsonAsync()).GetProperty("problems").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("/a"));
    }

    [Fact]
    public async Task A_change_made_on_an_older_version_is_refused()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);
        var token = await gateway.TokenAsync();
        using var told = await gateway.AdministerAsync(HttpMethod.Get, "/configuration", token);
        using var first = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", token, Routes(service, "/b"), told.Headers.ETag!.ToString());

        using var second = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", token, Routes(service, "/c"), told.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("/b"));
    }

    [Fact]
    public async Task Clears_a_region_whatever_its_name_and_an_unknown_one_is_no_error()
    {
        var calls = 0;
        await using var service = await StubService.StartAsync(http => http.Response.WriteAsync($"call {Interlocked.Increment(ref calls)}"));
        await using var gateway = await TestGateway.StartAsync(
            service, "/a", "/d", """ "CacheOptions": { "TtlSeconds": 600, "Region": "goods/new and old" } """, settings: AdministrationClient.Settings);
        var token = await gateway.TokenAsync();
        Assert.Equal("call 1", await gateway.Client.GetStringAsync("/a", Stopping));
        Assert.Equal("call 1", await gateway.Client.GetStringAsync("/a", Stopping));

        using var cleared = await gateway.AdministerAsync(HttpMethod.Delete, "/outputcache/goods%2Fnew%20and%20old", token);
        using var unknown = await gateway.AdministerAsync(HttpMethod.Delete, "/outputcache/nothing", token);

        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, unknown.StatusCode);
        Assert.Equal("call 2", await gateway.Client.GetStringAsync("/a", Stopping));
    }

    [Fact]
    public async Task Tells_what_runs()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var answer = await gateway.AdministerAsync(HttpMethod.Get, "/running", await gateway.TokenAsync());

        var running = await answer.JsonAsync();
        Assert.Equal(1, running.GetProperty("version").GetInt32());
        Assert.Equal("/a", running.GetProperty("routes")[0].GetProperty("template").GetString());
    }

    [Theory]
    [InlineData("PUT", "/configuration", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/outputcache/a", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/outputcache", HttpStatusCode.NotFound)]
    public async Task Refuses_what_it_does_not_have(string method, string path, HttpStatusCode expected)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var answer = await gateway.AdministerAsync(new HttpMethod(method), path, await gateway.TokenAsync());

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Tells_in_the_log_who_changed_what_but_no_token_and_no_secret()
    {
        using var log = new LogRecorder();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", settings: AdministrationClient.Settings,
            configure: services => services.AddLogging(l => l.AddProvider(log)));
        var token = await gateway.TokenAsync();

        using var good = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", token, Routes(service, "/b"));
        using var bad = await gateway.AdministerAsync(HttpMethod.Post, "/configuration", token, "{");
        using var cleared = await gateway.AdministerAsync(HttpMethod.Delete, "/outputcache/goods", token);

        var lines = log.Entries.Where(e => e.Message.StartsWith("Administration:", StringComparison.Ordinal)).ToArray();
        Assert.Contains(lines, l => l.Event.Name == "Replaced" && l.Message.Contains("client_id=admin from 127.0.0.1", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Event.Name == "Refused" && l.Message.Contains("1 errors", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Event.Name == "Cleared" && Equals(l.Values["Region"], "goods"));
        Assert.All(log.Entries, e =>
        {
            Assert.DoesNotContain(token, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(AdministrationClient.Secret, e.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("read admin write", HttpStatusCode.OK)]
    [InlineData("administrator", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    public async Task A_token_servers_token_needs_the_scope(string scope, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            settings: [("Administration:Path", "/administration"), ("Administration:Scheme", "Bearer"), .. Schemes.Jwt(issuer)]);

        using var answer = await gateway.AdministerAsync(HttpMethod.Get, "/configuration", issuer.Jwt("scope", scope));
        using var token = await gateway.AdministerAsync(HttpMethod.Post, "/connect/token", issuer.Jwt("scope", "admin"));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, token.StatusCode);
    }

    private static Task<TestGateway> StartAsync(StubService service) => TestGateway.StartAsync(service, "/a", "/d", settings: AdministrationClient.Settings);

    private static string Routes(StubService service, string upstream) => $$"""{ "Routes": [ {{TestGateway.Route(service.Port, upstream, "/d")}} ] }""";
}
