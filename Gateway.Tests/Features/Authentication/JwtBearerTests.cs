using System.Net;
using Gateway.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Routes that ask for a JWT (contract 05 §5, 00).</summary>
public sealed class JwtBearerTests
{
    [Fact]
    public async Task Lets_a_valid_token_through_and_passes_it_on()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer));
        var token = issuer.Jwt();

        using var answer = await gateway.GetAsync("/a", token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"Bearer {token}", service.Only["Authorization"]);
    }

    [Fact]
    public async Task Refuses_a_request_without_a_token_with_401_a_challenge_and_a_problem_body()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer));

        using var answer = await gateway.GetAsync("/a", token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"gateway\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"code\":\"not_authenticated\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Tells_a_caller_whose_token_has_expired_so()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer));

        using var answer = await gateway.GetAsync("/a", issuer.Jwt(lifetime: TimeSpan.FromMinutes(-6)));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"gateway\", error=\"invalid_token\", error_description=\"The access token has expired\"", answer.Headers.WwwAuthenticate.ToString());
    }

    public static TheoryData<string> BadTokens => ["audience", "issuer", "key", "garbage", "changed", "unsigned", "empty", "notBearer", "twice"];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Refuses_a_token_that_is_not_good(string what)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer));
        var good = issuer.Jwt();
        string[] headers = what switch
        {
            "audience" => [$"Bearer {issuer.Jwt(audience: "other")}"],
            "issuer" => [$"Bearer {issuer.Jwt(issuer: "https://elsewhere.example")}"],
            "key" => [$"Bearer {issuer.Jwt(key: TokenIssuer.UnknownKey())}"],
            "garbage" => ["Bearer not.a.token"],
            "changed" => [$"Bearer {good[..^5]}AAAAA"],
            "unsigned" => [$"Bearer {Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{good.Split('.')[1]}."],
            "empty" => ["Bearer "],
            "notBearer" => ["Basic dXNlcjpwYXNz"],
            _ => [$"Bearer {good}", $"Bearer {good}"],
        };

        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        foreach (var header in headers) request.Headers.TryAddWithoutValidation("Authorization", header);
        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Takes_tokens_of_keys_that_the_configuration_gives()
    {
        var key = new SymmetricSecurityKey(new byte[32]);
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Of("Bearer",
            ("ValidIssuer", "https://local.example"), ("ValidAudience", TokenIssuer.ApiName),
            ("SigningKeys:0:Issuer", "https://local.example"), ("SigningKeys:0:Value", Convert.ToBase64String(key.Key))));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt(issuer: "https://local.example", key: key)));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Equal(0, issuer.Discoveries);
    }

    [Fact]
    public async Task Asks_nobody_on_a_route_without_schemes_whatever_token_comes()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", settings: Schemes.Jwt(issuer));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt(lifetime: TimeSpan.FromMinutes(-9))));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token: null));
        Assert.Equal(0, issuer.Discoveries);
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData(""" , "DownstreamHttpMethod": "POST" """, HttpStatusCode.Unauthorized)]
    public async Task Lets_OPTIONS_through_unless_it_would_arrive_as_something_else(string more, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer + more, settings: Schemes.Jwt(issuer));

        using var answer = await gateway.SendAsync(HttpMethod.Options, "/a", token: null);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Asks_for_a_token_before_it_upgrades_to_a_WebSocket()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(service.Seen);
    }
}
