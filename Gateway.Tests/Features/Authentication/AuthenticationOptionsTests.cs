using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Which schemes hold for a route, and which sections are refused (contract 05 §3 and §4, as amended by 00).</summary>
public sealed class AuthenticationOptionsTests
{
    // The schemes R, G and GK each accept the tokens meant for the audience of that name; "-" lets callers without a token through.
    [Theory]
    [InlineData(""" "AuthenticationProviderKeys": ["R"] """, """ "AuthenticationProviderKey": "G", "AuthenticationProviderKeys": ["GK"] """, "R")]
    [InlineData(""" "AuthenticationProviderKey": "R" """, """ "AuthenticationProviderKey": "G", "AuthenticationProviderKeys": ["GK"] """, "R")]
    [InlineData("", """ "AuthenticationProviderKey": "G", "AuthenticationProviderKeys": ["GK"] """, "G,GK")]
    [InlineData(""" "AuthenticationProviderKeys": ["R"] """, """ "AuthenticationProviderKeys": ["GK"] """, "R")]
    [InlineData(""" "AuthenticationProviderKeys": [] """, """ "AuthenticationProviderKeys": ["GK"] """, "GK")]
    [InlineData(""" "AllowAnonymous": true """, """ "AuthenticationProviderKeys": ["GK"] """, "-,R,G,GK")]
    [InlineData("", """ "AllowAnonymous": true, "AuthenticationProviderKeys": ["G"] """, "-,R,G,GK")]
    [InlineData(""" "AuthenticationProviderKeys": ["R"] """, """ "AllowAnonymous": true """, "-,R,G,GK")]
    [InlineData(""" "AuthenticationProviderKeys": ["R"], "AllowAnonymous": false """, """ "AllowAnonymous": true """, "R")]
    [InlineData(""" "AuthenticationProviderKeys": ["R"] """, "", "R")]
    [InlineData(""" "AuthenticationProviderKeys": "R" """, "", "R")]
    [InlineData("", """ "AuthenticationProviderKeys": ["G"], "RouteKeys": ["other"] """, "-,R,G,GK")]
    [InlineData("", """ "AuthenticationProviderKeys": ["G"], "RouteKeys": ["me"] """, "G")]
    [InlineData(""" "AuthenticationProviderKeys": ["R"] """, """ "AllowAnonymous": true, "RouteKeys": ["other"] """, "R")]
    [InlineData(""" "AuthenticationProviderKey": "", "AllowedScopes": [] """, "", "-,R,G,GK")]
    public async Task The_routes_schemes_replace_the_global_ones(string route, string global, string accepted)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        var me = TestGateway.Route(service.Port, "/a", "/d", $$""" "Key": "me", "AuthenticationOptions": { {{route}} } """);
        var other = TestGateway.Route(service.Port, "/other", "/d", """ "Key": "other" """);
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{me}}, {{other}} ], "GlobalConfiguration": { "AuthenticationOptions": { {{global}} } } }
            """, ThreeSchemes(issuer));

        var passed = new List<string>();
        foreach (var audience in new[] { "-", "R", "G", "GK" })
        {
            var token = audience == "-" ? null : issuer.Jwt(audience: audience);
            if (await gateway.StatusAsync(token) == HttpStatusCode.OK) passed.Add(audience);
        }

        Assert.Equal(accepted, string.Join(',', passed));
    }

    // Both schemes accept the token; only under the second has the claim the name that the route asks for.
    [Theory]
    [InlineData("Mapped", "Plain", HttpStatusCode.Forbidden)]
    [InlineData("Plain", "Mapped", HttpStatusCode.OK)]
    public async Task The_first_scheme_that_accepts_a_token_says_who_the_caller_is(string first, string second, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            $$""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["{{first}}", "{{second}}"] }, "RouteClaimsRequirement": { "sub": "7" } """,
            settings: [.. Schemes.Jwt(issuer, "Mapped", ("MapInboundClaims", "true")), .. Schemes.Jwt(issuer, "Plain")]);
        var token = issuer.Jwt();

        for (var i = 0; i < 2; i++) Assert.Equal(expected, await gateway.StatusAsync(token));
    }

    [Fact]
    public async Task A_scheme_may_be_declared_and_registered_by_the_program()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer),
            configure: services => services.AddAuthentication().AddJwtBearer("Bearer"));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt(audience: "other")));
    }

    [Fact]
    public async Task A_scheme_that_throws_leaves_the_caller_to_the_next()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Broken", "Bearer"] } """, settings: Schemes.Jwt(issuer),
            configure: services => services.AddAuthentication().AddJwtBearer("Broken", options =>
                options.Events = new() { OnMessageReceived = _ => throw new InvalidOperationException("broken") }));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(token: null));
    }

    [Theory]
    [InlineData(""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["R", "Tokn"] } """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[1]", "The schemes are")]
    [InlineData(""" "AuthenticationOptions": { "AuthenticationProviderKey": "gk" } """, "Routes[0].AuthenticationOptions.AuthenticationProviderKey", "Did you mean 'GK'")]
    [InlineData(""" "AuthenticationOptions": { "AllowAnonymous": true, "AuthenticationProviderKeys": ["Typo"] } """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[0]", "Typo")]
    [InlineData(""" "AuthenticationOptions": { "AllowedScopes": ["read"] } """, "Routes[0].AuthenticationOptions.AllowedScopes", "no scheme is named")]
    [InlineData(""" "AuthenticationOptions": { "AllowedScopes": "read" } """, "Routes[0].AuthenticationOptions.AllowedScopes", "no scheme is named")]
    [InlineData(""" "AuthenticationOptions": { "AllowAnonymous": false } """, "Routes[0].AuthenticationOptions.AllowAnonymous", "every caller")]
    [InlineData(""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["R"], "AllowedScopes": ["read write"] } """, "Routes[0].AuthenticationOptions.AllowedScopes[0]", "own")]
    [InlineData(""" "AuthenticationOptions": { "AuthenticationProviderKeys": [""] } """, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[0]", "empty")]
    public async Task Refuses_a_section_that_would_not_protect_what_it_says(string more, string path, string says)
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var error = (await ConfigurationCheck.ProblemsOfRouteAsync(more, settings: ThreeSchemes(issuer))).OnlyError();

        Assert.Equal(path, error.Path);
        Assert.Contains(says, error.Message + error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_unknown_scheme_in_the_global_section_though_no_route_uses_it()
    {
        var problems = await ConfigurationCheck.ProblemsAsync(
            """{ "GlobalConfiguration": { "AuthenticationOptions": { "AuthenticationProviderKey": "Bearer" } } }""");

        var error = problems.OnlyError();
        Assert.Equal("GlobalConfiguration.AuthenticationOptions.AuthenticationProviderKey", error.Path);
        Assert.Contains("Authentication:Schemes:Bearer", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_schemes_that_the_global_AllowAnonymous_switches_off()
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["R"] } """,
            """ "AuthenticationOptions": { "AllowAnonymous": true } """, settings: ThreeSchemes(issuer));

        Assert.Contains("AllowAnonymous", problems.OnlyWarning().Message, StringComparison.Ordinal);
    }

    private static (string, string)[] ThreeSchemes(TokenIssuer issuer) =>
        [.. new[] { "R", "G", "GK" }.SelectMany(name => Schemes.Jwt(issuer, name, ("ValidAudiences:0", name)))];
}
