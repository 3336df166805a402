using System.Net;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Claims;

/// <summary>What becomes of claims in the downstream request (contract 03 §5, as amended by 00).</summary>
public sealed class ClaimsToRequestTests
{
    [Fact]
    public async Task A_claim_made_of_others_counts_for_authorization_and_leaves_other_requests_alone()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        var made = TestGateway.Route(service.Port, "/made", "/d", AuthenticatedRequests.ByBearer + """
            , "AddClaimsToRequest": { "kind": "Claims[sub] > value[0] > |", "id": "Claims[sub] > value[1] > |" },
              "RouteClaimsRequirement": { "kind": "admin" }, "AddHeadersToRequest": { "X-Id": "Claims[id] > value", "X-Kind": "Claims[kind] > value" }
            """);
        var plain = TestGateway.Route(service.Port, "/plain", "/d", AuthenticatedRequests.ByBearer + """, "RouteClaimsRequirement": { "kind": "admin" } """);
        await using var gateway = await TestGateway.StartAsync($"{{ \"Routes\": [ {made}, {plain} ] }}", Schemes.Jwt(issuer));
        var token = issuer.Jwt(new Dictionary<string, object> { ["sub"] = "admin|42", ["kind"] = "user" });

        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(token, "/plain"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token, "/made"));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(token, "/plain"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token, "/made"));

        Assert.All(service.Seen, seen => Assert.Equal(("42", "admin"), (seen["X-Id"], seen["X-Kind"])));
    }

    [Fact]
    public async Task A_header_of_a_claim_takes_the_place_of_the_clients_in_any_case()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, """ "AddHeadersToRequest": { "x-lower": "Claims[sub] > value" } """);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Authorization = new("Bearer", issuer.Jwt("sub", "admin"));
        request.Headers.Add("X-Lower", ["evil", "worse"]);

        using var answer = await gateway.SendAsync(request);

        Assert.Equal("admin", service.Only["x-lower"]);
    }

    [Theory]
    [InlineData("Jörg Ω", "JÃ¶rg Î©")]
    [InlineData("plain", "plain")]
    public async Task A_header_carries_the_octets_of_UTF_8(string claim, string asLatin1)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = RawService.Start("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d",
            AuthenticatedRequests.ByBearer + """, "AddHeadersToRequest": { "X-Name": "Claims[name] > value" } """, settings: Schemes.Jwt(issuer));

        await gateway.StatusAsync(issuer.Jwt("name", claim));

        Assert.Contains($"X-Name: {asLatin1}\r\n", service.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\0b")]
    public async Task A_claim_that_would_end_its_header_is_refused(string claim)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, """ "AddHeadersToRequest": { "X-Name": "Claims[name] > value" } """);

        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt("name", claim)));
        Assert.Empty(service.Seen);
    }

    [Theory]
    [InlineData("Claims[sub] > value[1] > |", "admin|42", "?uid=evil&z=1&z=2&e=%26x", "?uid=42&z=1&z=2&e=%26x")]
    [InlineData("Claims[sub] > value", "a&b c%,second", "?k=1", "?k=1&uid=a%26b%20c%25%2Csecond")]
    [InlineData("Claims[sub] > value", "7", "", "?uid=7")]
    [InlineData("Claims[sub] > value", "7", "?UID=evil&x", "?uid=7&x")]
    [InlineData("Claims[sub] > value", "7", "?a=1&u%69d=evil&uid=worse&uid", "?a=1&uid=7")]
    [InlineData("Claims[sub] > value", "#?/=", "?a=%2F", "?a=%2F&uid=%23%3F%2F%3D")]
    public async Task A_parameter_of_a_claim_takes_the_place_of_the_clients_and_leaves_the_rest(string expression, string sub, string query, string expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, $$""" "AddQueriesToRequest": { "uid": "{{expression}}" } """);

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt("sub", sub), "/a" + query));

        Assert.Equal("/d" + expected, service.Only.Target);
    }

    [Theory]
    [InlineData("admin|42", "/p/a/b?c=1", "/users/42/a/b?c=1")]
    [InlineData("admin|a/b?c#d%", "/p/x", "/users/a%2Fb%3Fc%23d%25/x")]
    [InlineData("admin|../../admin", "/p/x", "/users/..%2F..%2Fadmin/x")]
    public async Task A_placeholder_of_a_claim_is_one_segments_text(string sub, string target, string expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/p/{rest}", "/users/{userId}/{rest}",
            AuthenticatedRequests.ByBearer + """, "ChangeDownstreamPathTemplate": { "userId": "Claims[sub] > value[1] > |" } """, settings: Schemes.Jwt(issuer));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt("sub", sub), target));

        Assert.Equal(expected, service.Only.Target);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task A_placeholder_of_a_claim_never_leads_to_a_resource_above(string sub)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/users/{userId}",
            AuthenticatedRequests.ByBearer + """, "ChangeDownstreamPathTemplate": { "userId": "Claims[sub] > value" } """, settings: Schemes.Jwt(issuer));

        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt("sub", sub)));
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task A_claims_value_takes_the_place_of_a_captured_one()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/users/{userId}", "/users/{userId}",
            AuthenticatedRequests.ByBearer + """, "ChangeDownstreamPathTemplate": { "userId": "Claims[sub] > value" } """, settings: Schemes.Jwt(issuer));

        await gateway.StatusAsync(issuer.Jwt(), "/users/8");

        Assert.Equal("/users/7", service.Only.Target);
    }

    [Theory]
    [InlineData(""" "AddClaimsToRequest": { "x": "Claims[nope] > value" } """)]
    [InlineData(""" "AddHeadersToRequest": { "X-A": "Claims[nope] > value" } """)]
    [InlineData(""" "AddHeadersToRequest": { "X-A": "Claims[sub] > value[9] > |" } """)]
    [InlineData(""" "AddQueriesToRequest": { "x": "Claims[nope] > value" } """)]
    public async Task A_caller_without_the_claim_is_refused_with_403(string more)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer, more);

        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task A_caller_whom_nobody_asked_has_no_claims()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "AddHeadersToRequest": { "X-A": "Claims[sub] > value" } """);

        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync(token: null));
    }

    [Theory]
    [InlineData(""" "AddHeadersToRequest": { "X-A": "nonsense" } """, "Routes[0].AddHeadersToRequest.X-A")]
    [InlineData(""" "AddHeadersToRequest": { "X-A": null } """, "Routes[0].AddHeadersToRequest.X-A")]
    [InlineData(""" "AddHeadersToRequest": { "X A": "Claims[sub] > value" } """, "Routes[0].AddHeadersToRequest.X A")]
    [InlineData(""" "AddHeadersToRequest": { "Content-Type": "Claims[sub] > value" } """, "Routes[0].AddHeadersToRequest.Content-Type")]
    [InlineData(""" "AddHeadersToRequest": { "host": "Claims[sub] > value" } """, "Routes[0].AddHeadersToRequest.host")]
    [InlineData(""" "AddHeadersToRequest": { "X-A": "Claims[a] > value", "x-a": "Claims[b] > value" } """, "Routes[0].AddHeadersToRequest.x-a")]
    [InlineData(""" "AddQueriesToRequest": { "ID": "Claims[sub] > value" } """, "Routes[0].AddQueriesToRequest.ID")]
    [InlineData(""" "AddClaimsToRequest": { "a": "Claims[sub] > vale" } """, "Routes[0].AddClaimsToRequest.a")]
    [InlineData(""" "ChangeDownstreamPathTemplate": { "userId": "Claims[sub] > value" } """, "Routes[0].ChangeDownstreamPathTemplate.userId")]
    public async Task Refuses_an_entry_that_could_have_no_effect(string more, string path) =>
        Assert.Equal(path, (await ConfigurationCheck.ProblemsOfRouteAsync(more, upstream: "/{id}")).OnlyError().Path);

    private static Task<TestGateway> StartAsync(StubService service, TokenIssuer issuer, string more) =>
        TestGateway.StartAsync(service, "/a", "/d", $"{AuthenticatedRequests.ByBearer}, {more}", settings: Schemes.Jwt(issuer));
}
