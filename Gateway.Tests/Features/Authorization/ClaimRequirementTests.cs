using System.Net;
using Gateway.Configuration;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authorization;

/// <summary><c>RouteClaimsRequirement</c> (contract 05 §7 and 03 §5.1, as amended by 00).</summary>
public sealed class ClaimRequirementTests
{
    [Theory]
    [InlineData("""{ "role": "admin" }""", "/a", """{ "role": ["user", "admin"] }""", true)]
    [InlineData("""{ "role": "admin" }""", "/a", """{ "role": "Admin" }""", false)]
    [InlineData("""{ "Role": "admin" }""", "/a", """{ "role": "admin" }""", false)]
    [InlineData("""{ "role": "admin", "dept": "x" }""", "/a", """{ "role": "admin" }""", false)]
    [InlineData("""{ "role": "admin", "dept": "x" }""", "/a", """{ "role": "admin", "dept": "x" }""", true)]
    [InlineData("""{ "role": ["admin", "boss"] }""", "/a", """{ "role": "boss" }""", true)]
    [InlineData("""{ "role": ["admin", "boss"] }""", "/a", """{ "role": "user" }""", false)]
    [InlineData("""{ "http://schemas.example/claims/role": "admin" }""", "/a", """{ "http://schemas.example/claims/role": "admin" }""", true)]
    [InlineData("""{ "http://schemas.example/claims/role": "admin" }""", "/a", """{ "role": "admin" }""", false)]
    [InlineData("""{ "level": 5 }""", "/a", """{ "level": 5 }""", true)]
    [InlineData("""{ "verified": true }""", "/a", """{ "verified": true }""", true)]
    [InlineData("""{ "verified": true }""", "/a", """{ "verified": false }""", false)]
    [InlineData("""{ "sub": "{id}" }""", "/7", """{ "sub": "7" }""", true)]
    [InlineData("""{ "sub": "{id}" }""", "/7", """{ "sub": "8" }""", false)]
    [InlineData("""{ "sub": "{id}" }""", "/J%C3%B6rg%20X", """{ "sub": "Jörg X" }""", true)]
    [InlineData("""{ "sub": "{id}" }""", "/a/b", """{ "sub": "a/b" }""", true)]
    [InlineData("""{ "sub": "x{id}" }""", "/7", """{ "sub": "x7" }""", false)]
    [InlineData("""{ "sub": "x{id}" }""", "/7", """{ "sub": "x{id}" }""", true)]
    [InlineData("""{ "sub": ["{id}", "root"] }""", "/7", """{ "sub": "root" }""", true)]
    [InlineData("""{ "sub": ["{id}", "root"] }""", "/7", """{ "sub": "7" }""", true)]
    [InlineData("""{ "sub": ["{id}", "root"] }""", "/7", """{ "sub": "9" }""", false)]
    public async Task Every_claim_must_be_there_with_a_value_that_is_enough(string requirement, string target, string claims, bool passes)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/{id}", "/d",
            AuthenticatedRequests.ByBearer + $", \"RouteClaimsRequirement\": {requirement}", settings: Schemes.Jwt(issuer));
        var token = issuer.Jwt(System.Text.Json.JsonDocument.Parse(claims).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value));

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await gateway.StatusAsync(token, target));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "AuthenticationOptions": { "AllowAnonymous": true } """)]
    public async Task Nobody_passes_a_requirement_on_a_route_that_asks_nobody_who_they_are(string more)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "RouteClaimsRequirement": { "sub": "7" } """ + more, settings: Schemes.Jwt(issuer));

        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(token: null));
    }

    [Fact]
    public async Task Warns_of_a_requirement_that_nobody_can_meet()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(""" "RouteClaimsRequirement": { "sub": "7" } """);

        Assert.Equal("Routes[0].RouteClaimsRequirement", problems.OnlyWarning().Path);
    }

    [Theory]
    [InlineData("""{ "role": null }""", "was null")]
    [InlineData("""{ "role": "" }""", "empty value")]
    [InlineData("""{ "role": [] }""", "no value")]
    [InlineData("""{ "role": {} }""", "was an object")]
    [InlineData("""{ "role": ["admin", ["boss"]] }""", "was an array")]
    [InlineData("""{ "role": "{nope}" }""", "captures nothing")]
    [InlineData("""{ "role": "a", "role": "b" }""", "twice")]
    [InlineData("\"admin\"", "an object")]
    [InlineData("[]", "an object")]
    public async Task Refuses_what_is_no_demand(string requirement, string says)
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(
            AuthenticatedRequests.ByBearer + $", \"RouteClaimsRequirement\": {requirement}", upstream: "/{id}", settings: Schemes.Jwt(issuer));

        var error = problems.First(p => p.Severity == Severity.Error);
        Assert.StartsWith("Routes[0].RouteClaimsRequirement", error.Path, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
