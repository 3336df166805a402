using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>The scheme type <c>IdentityServer</c> (contract 05 §9).</summary>
public sealed class IdentityServerTests
{
    private const string WithSubject = AuthenticatedRequests.ByBearer + """, "AddHeadersToRequest": { "X-Sub": "Claims[sub] > value" } """;

    [Theory]
    [InlineData("Both", "jwt", true, 0)]
    [InlineData("Both", "reference", true, 1)]
    [InlineData("Both", "dotted", false, 0)]
    [InlineData("Both", "none", false, 0)]
    [InlineData("Jwt", "jwt", true, 0)]
    [InlineData("Jwt", "reference", false, 0)]
    [InlineData("Jwt", "none", false, 0)]
    [InlineData("Reference", "jwt", false, 1)]
    [InlineData("Reference", "reference", true, 1)]
    [InlineData("Reference", "dotted", true, 1)]
    [InlineData("Reference", "none", false, 0)]
    public async Task Leaves_a_token_to_the_validator_for_its_kind(string supported, string kind, bool passes, int introspections)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", WithSubject,
            settings: Schemes.IdentityServer(issuer, more: ("SupportedTokens", supported)));
        var token = kind switch
        {
            "jwt" => issuer.Jwt(),
            "reference" => issuer.Reference(),
            "dotted" => issuer.Reference(token: "a.reference.token"),
            _ => null,
        };

        var status = await gateway.StatusAsync(token);

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, status);
        Assert.Equal(introspections, issuer.Introspections);
        if (passes) Assert.Equal("7", service.Only["X-Sub"]);
    }

    [Fact]
    public async Task Looks_a_reference_token_up_with_the_credentials_in_the_body()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.IdentityServer(issuer));
        var token = issuer.Reference();

        await gateway.StatusAsync(token);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["token"] = token,
                ["token_type_hint"] = "access_token",
                ["client_id"] = TokenIssuer.ApiName,
                ["client_secret"] = TokenIssuer.ApiSecret,
            },
            issuer.LastIntrospection);
    }

    [Theory]
    [InlineData("", "api", true)]
    [InlineData("", "other", false)]
    [InlineData("LegacyAudienceValidation", "other", true)]
    [InlineData("NoApiName", "other", true)]
    public async Task Checks_the_audience_of_a_JWT_where_the_API_has_a_name(string how, string audience, bool passes)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        (string, string)[] more = how switch
        {
            "LegacyAudienceValidation" => [("LegacyAudienceValidation", "true")],
            "NoApiName" => [("ApiName", ""), ("ApiSecret", "")],
            _ => [],
        };
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.IdentityServer(issuer, more: more));

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt(audience: audience)));
    }

    [Fact]
    public async Task Refuses_reference_tokens_without_a_secret_and_goes_on_with_JWTs()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer,
            settings: Schemes.IdentityServer(issuer, more: ("ApiSecret", "")));

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Reference()));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));
    }

    [Theory]
    [InlineData("BearerIdentityServerAuthenticationJwt")]
    [InlineData("BearerIdentityServerAuthenticationIntrospection")]
    public async Task The_inner_schemes_can_be_named_but_see_no_token_by_themselves(string scheme)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            $$""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["{{scheme}}"] } """, settings: Schemes.IdentityServer(issuer));

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Reference()));
    }

    [Theory]
    [InlineData("read write", HttpStatusCode.OK)]
    [InlineData("write", HttpStatusCode.Forbidden)]
    public async Task Knows_the_scopes_of_both_kinds_of_token(string scope, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"], "AllowedScopes": ["read"] } """, settings: Schemes.IdentityServer(issuer));

        Assert.Equal(expected, await gateway.StatusAsync(issuer.Jwt("scope", scope)));
        Assert.Equal(expected, await gateway.StatusAsync(issuer.Jwt("scope", scope.Split(' '))));
        Assert.Equal(expected, await gateway.StatusAsync(issuer.Reference($$"""{ "active": true, "scope": "{{scope}}" }""")));
        Assert.Equal(expected, await gateway.StatusAsync(issuer.Reference($$"""{ "active": true, "scope": ["{{scope.Replace(" ", "\",\"")}}"] }""")));
    }

    [Fact]
    public async Task Leaves_the_names_of_claims_as_they_are_in_the_token()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            AuthenticatedRequests.ByBearer + """, "RouteClaimsRequirement": { "role": "admin" } """, settings: Schemes.IdentityServer(issuer));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt("role", "admin")));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Reference("""{ "active": true, "role": ["user", "admin"] }""")));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt("role", "user")));
    }
}
