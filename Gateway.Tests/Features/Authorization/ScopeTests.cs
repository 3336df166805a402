using System.Net;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authorization;

/// <summary><c>AllowedScopes</c> (contract 05 §6 and 03 §5.2, as amended by 00).</summary>
public sealed class ScopeTests
{
    // The claim's JSON in the token; an empty text for none.
    [Theory]
    [InlineData("scope", "\"read\"", "read", true)]
    [InlineData("scope", "\"read write\"", "read", true)]
    [InlineData("scope", "\"z  read \"", "read", true)]
    [InlineData("scope", "[\"write\",\"read\"]", "read", true)]
    [InlineData("scope", "[\"write read\",\"x\"]", "read", true)]
    [InlineData("scope", "\"write\"", "read\",\"write", true)]
    [InlineData("scp", "\"read\"", "read", true)]
    [InlineData("scp", "\"write read\"", "read", true)]
    [InlineData("scope", "\"Read\"", "read", false)]
    [InlineData("scope", "\"reads\"", "read", false)]
    [InlineData("scope", "\"z\"", "read", false)]
    [InlineData("scope", "", "read", false)]
    [InlineData("scopes", "\"read\"", "read", false)]
    public async Task One_of_the_allowed_scopes_is_enough(string type, string value, string allowed, bool passes)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, allowed);
        var claims = value.Length == 0 ? [] : new Dictionary<string, object> { [type] = System.Text.Json.JsonDocument.Parse(value).RootElement };

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt(claims)));
    }

    [Fact]
    public async Task Finds_the_scp_claim_under_the_name_that_the_platform_gives_it()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, "read", ("MapInboundClaims", "true"));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt("scp", "read")));
    }

    [Theory]
    [InlineData("read", "Bearer realm=\"gateway\", error=\"insufficient_scope\", scope=\"read\"")]
    [InlineData("read\",\"write", "Bearer realm=\"gateway\", error=\"insufficient_scope\"")]
    public async Task Says_which_scope_is_missing(string allowed, string challenge)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, allowed);

        using var answer = await gateway.GetAsync("/a", issuer.Jwt());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
        Assert.Contains("\"code\":\"scope_not_allowed\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_with_its_own_scheme_inherits_the_global_scopes_and_its_own_scopes_replace_them()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        var inherits = TestGateway.Route(service.Port, "/inherits", "/d", AuthenticatedRequests.ByBearer);
        var replaces = TestGateway.Route(service.Port, "/replaces", "/d", """ "AuthenticationOptions": { "AllowedScopes": ["own"] } """);
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{inherits}}, {{replaces}} ],
              "GlobalConfiguration": { "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"], "AllowedScopes": ["shared"] } } }
            """, Schemes.Jwt(issuer));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt("scope", "shared"), "/inherits"));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt("scope", "own"), "/inherits"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt("scope", "own"), "/replaces"));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt("scope", "shared"), "/replaces"));
    }

    [Fact]
    public async Task Lets_OPTIONS_through()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, "read");

        using var answer = await gateway.SendAsync(HttpMethod.Options, "/a", token: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<TestGateway> StartAsync(StubService service, TokenIssuer issuer, string allowed, params (string, string)[] settings) =>
        TestGateway.StartAsync(service, "/a", "/d",
            $$""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"], "AllowedScopes": ["{{allowed}}"] } """,
            settings: Schemes.Jwt(issuer, more: settings));
}
