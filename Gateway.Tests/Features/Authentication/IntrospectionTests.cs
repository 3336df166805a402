using System.Net;
using Gateway.Features.Authentication.Introspection;
using Gateway.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Tokens that are looked up at their server (contract 05 §9.6 and §9.7; RFC 7662).</summary>
public sealed class IntrospectionTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Follows_the_servers_word_at_once_without_a_cache()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        var token = issuer.Reference();

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));
        issuer.Revoke(token);

        using var answer = await gateway.GetAsync("/a", token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, issuer.Introspections);
        Assert.Equal(1, issuer.Discoveries);
    }

    // Minutes for which an answer is remembered with a CacheDuration of 10; exp in minutes from now, 0 for none.
    [Theory]
    [InlineData(true, 3, 3)]
    [InlineData(true, 120, 10)]
    [InlineData(true, 0, 10)]
    [InlineData(false, 0, 10)]
    [InlineData(false, 4, 4)]
    public async Task Remembers_an_answer_for_a_while_but_never_beyond_the_tokens_end(bool isActive, int expires, int remembered)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, ("EnableCaching", "true"), ("CacheDuration", "00:10:00"));
        var exp = expires == 0 ? "" : $", \"exp\": {Now + (expires * 60)}";
        var token = issuer.Reference($"{{ \"active\": {(isActive ? "true" : "false")}, \"sub\": \"7\"{exp} }}");
        var expected = isActive ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;

        Assert.Equal(expected, await gateway.StatusAsync(token));
        _time.Advance(TimeSpan.FromMinutes(remembered) - TimeSpan.FromSeconds(2));
        Assert.Equal(expected, await gateway.StatusAsync(token));
        Assert.Equal(1, issuer.Introspections);

        _time.Advance(TimeSpan.FromSeconds(3));
        await gateway.StatusAsync(token);
        Assert.Equal(2, issuer.Introspections);
    }

    [Fact]
    public async Task Never_remembers_an_answer_about_a_token_that_has_ended()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, ("EnableCaching", "true"));
        var token = issuer.Reference($"{{ \"active\": true, \"exp\": {Now - 60} }}");

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));

        Assert.Equal(2, issuer.Introspections);
    }

    public static TheoryData<string> Failures => ["status", "text", "empty", "array", "noActive", "activeText", "redirect", "cut"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Refuses_a_token_that_could_not_be_looked_up_and_remembers_no_failure(string failure)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, ("EnableCaching", "true"));
        var token = issuer.Reference();
        issuer.Introspect = http => Fail(http, failure);

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(token));
        Assert.Empty(service.Seen);

        if (failure is "noActive" or "activeText" or "array") return; // the server did say something: that the token isn't active
        issuer.Introspect = null;
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));
    }

    [Fact]
    public async Task Asks_once_for_those_who_come_with_the_same_token_at_the_same_time_even_if_the_first_leaves()
    {
        var release = new TaskCompletionSource();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        issuer.Introspect = async http =>
        {
            await release.Task;
            await http.Response.WriteAsync("""{ "active": true }""");
        };
        var introspector = gateway.Services.GetRequiredService<IOptionsMonitor<IntrospectionOptions>>().Get("Bearer").Introspector!;

        using var leaving = new CancellationTokenSource();
        var first = introspector.AskAsync("token", leaving.Token);
        var others = Enumerable.Range(0, 20).Select(_ => introspector.AskAsync("token", TestContext.Current.CancellationToken)).ToArray();
        await Eventually.TrueAsync(() => issuer.Introspections == 1, "the server is asked");
        await leaving.CancelAsync();
        release.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(await Task.WhenAll(others), answer => Assert.True(answer.IsActive));
        Assert.Equal(1, issuer.Introspections);
    }

    [Fact]
    public async Task Two_schemes_never_share_an_answer()
    {
        await using var first = await TokenIssuer.StartAsync();
        await using var second = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        const string cached = """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["{0}"] } """;
        (string, string)[] settings =
        [
            .. Schemes.Introspection(first, "First", ("EnableCaching", "true")), .. Schemes.Introspection(second, "Second", ("EnableCaching", "true")),
        ];
        await using var gateway = await TestGateway.StartAsync(
            $"{{ \"Routes\": [ {TestGateway.Route(service.Port, "/1", "/d", cached.Replace("{0}", "First", StringComparison.Ordinal))}, {TestGateway.Route(service.Port, "/2", "/d", cached.Replace("{0}", "Second", StringComparison.Ordinal))} ] }}",
            settings);
        var token = first.Reference();

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token, "/1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(token, "/2"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token, "/1"));
    }

    [Fact]
    public async Task Gives_up_on_a_server_that_does_not_answer()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, ("BackChannelTimeouts", "00:00:05"));
        issuer.Introspect = http => new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);

        var asking = gateway.StatusAsync(issuer.Reference());
        await Eventually.TrueAsync(() => issuer.Introspections == 1, "the server is asked");
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(HttpStatusCode.Unauthorized, await asking);
    }

    [Fact]
    public async Task Finds_the_endpoint_once_the_server_is_there()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        var token = issuer.Reference();
        await issuer.StopAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(token));

        await issuer.StartAgainAsync();

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));
    }

    [Theory]
    [InlineData("issuer", "https://elsewhere.example")]
    [InlineData("introspection_endpoint", "http://127.0.0.1:1/elsewhere")]
    public async Task Believes_no_discovery_document_that_points_elsewhere(string member, string value)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        issuer.Describe = document => document[member] = value;

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Reference()));
        Assert.Equal(0, issuer.Introspections);
    }

    [Fact]
    public async Task Makes_claims_of_every_member()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, more: """
            , "AddHeadersToRequest": { "X-Active": "Claims[active] > value", "X-Level": "Claims[level] > value", "X-Roles": "Claims[roles] > value",
                "X-Address": "Claims[address] > value", "X-Scope": "Claims[scope] > value" }
            """);

        await gateway.StatusAsync(issuer.Reference("""{ "active": true, "level": 1.50, "roles": ["a", "b"], "address": {"city":"Bonn"}, "scope": "r w", "nothing": null }"""));

        Assert.Equal(("true", "1.50", "a,b", """{"city":"Bonn"}""", "r,w"),
            (service.Only["X-Active"], service.Only["X-Level"], service.Only["X-Roles"], service.Only["X-Address"], service.Only["X-Scope"]));
    }

    private static Task Fail(HttpContext http, string failure)
    {
        switch (failure)
        {
            case "status":
                http.Response.StatusCode = 500;
                return http.Response.WriteAsync("""{ "active": true }""");
            case "redirect":
                http.Response.Redirect("/introspect", permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            case "cut":
                http.Abort();
                return Task.CompletedTask;
            default:
                return http.Response.WriteAsync(failure switch
                {
                    "text" => "active",
                    "array" => "[true]",
                    "noActive" => """{ "sub": "7" }""",
                    "activeText" => """{ "active": "true" }""",
                    _ => "",
                });
        }
    }

    private Task<TestGateway> StartAsync(StubService service, TokenIssuer issuer, params (string, string)[] settings) =>
        StartAsync(service, issuer, "", settings);

    private Task<TestGateway> StartAsync(StubService service, TokenIssuer issuer, string more, params (string, string)[] settings) => TestGateway.StartAsync(
        service, "/a", "/d", AuthenticatedRequests.ByBearer + more,
        settings: Schemes.Introspection(issuer, more: settings), configure: services => services.AddSingleton<TimeProvider>(_time));
}
