using System.Net;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Cors;

/// <summary>Pages of other origins: the section <c>Cors</c>, an extension.</summary>
public sealed class CorsTests
{
    private const string Spa = "https://spa.example";
    private const string Section = """ "Cors": { "Origins": ["https://spa.example", "https://*.shop.example"], "Credentials": true, "ExposeHeaders": ["X-Total"], "MaxAge": 600 } """;

    [Fact]
    public async Task Answers_a_preflight_before_anybody_is_asked_for_a_token()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "UpstreamHttpMethod": ["PUT"], """ + AuthenticatedRequests.ByBearer + ", " + Section, settings: Schemes.Jwt(issuer));

        using var answer = await PreflightAsync(gateway, Spa, "PUT", "authorization, content-type");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Spa, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal("PUT", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization, content-type", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal("600", Header(answer, "Access-Control-Max-Age"));
        Assert.Contains("Origin", answer.Headers.Vary);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Tells_the_browser_the_methods_and_headers_that_the_section_names()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "Cors": { "Origins": "https://spa.example", "Methods": ["GET", "PUT"], "Headers": ["Authorization"] } """);

        using var answer = await PreflightAsync(gateway, Spa, "DELETE", "x-other");

        Assert.Equal("GET, PUT", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("Authorization", Header(answer, "Access-Control-Allow-Headers"));
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://spa.example", true)]
    [InlineData("https://SPA.example", true)]
    [InlineData("https://de.shop.example", true)]
    [InlineData("https://a.b.shop.example", true)]
    [InlineData("https://shop.example", false)]
    [InlineData("https://evilshop.example", false)]
    [InlineData("https://evil.example/.shop.example", false)]
    [InlineData("http://spa.example", false)]
    [InlineData("https://spa.example:444", false)]
    [InlineData("https://spa.example.evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_pages_of_the_named_origins_may_read(string origin, bool may)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", Section);

        using var preflight = await PreflightAsync(gateway, origin, "GET");
        using var answer = await GetAsync(gateway, origin);

        Assert.Equal(may ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, preflight.StatusCode);
        Assert.Equal(may ? origin : null, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(may ? origin : null, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(may ? "X-Total" : null, Header(answer, "Access-Control-Expose-Headers"));
        Assert.Contains("Origin", answer.Headers.Vary);
    }

    [Fact]
    public async Task The_services_own_CORS_headers_are_dropped_and_its_Vary_is_kept()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlExposeHeaders = "X-Secret";
            http.Response.Headers.Vary = "Accept-Encoding";
            return http.Response.WriteAsync("x");
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", Section);

        using var own = await GetAsync(gateway, Spa);
        using var foreign = await GetAsync(gateway, "https://evil.example");

        Assert.Equal(Spa, Header(own, "Access-Control-Allow-Origin"));
        Assert.Equal("X-Total", Header(own, "Access-Control-Expose-Headers"));
        Assert.Equal(["Accept-Encoding", "Origin"], own.Headers.Vary);
        Assert.Null(Header(foreign, "Access-Control-Allow-Origin"));
        Assert.Null(Header(foreign, "Access-Control-Expose-Headers"));
    }

    [Theory]
    [InlineData("401", HttpStatusCode.Unauthorized)]
    [InlineData("403", HttpStatusCode.Forbidden)]
    [InlineData("502", HttpStatusCode.BadGateway)]
    public async Task A_page_can_read_the_gateways_refusals_too(string refusal, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/d",
            """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"], "AllowedScopes": ["read"] }, """ + Section, settings: Schemes.Jwt(issuer));

        using var answer = await GetAsync(gateway, Spa, refusal switch
        {
            "401" => null,
            "403" => issuer.Jwt("scope", "write"),
            _ => issuer.Jwt("scope", "read"),
        });

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(Spa, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Origin", answer.Headers.Vary);
    }

    [Fact]
    public async Task All_origins_are_told_a_star_and_nothing_varies()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "Cors": { "Origins": ["*"] } """);

        using var answer = await GetAsync(gateway, "https://anybody.example");

        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Empty(answer.Headers.Vary);
    }

    [Fact]
    public async Task A_route_fills_up_from_the_global_section_property_by_property()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "Cors": { "ExposeHeaders": ["X-Own"] } """, "" + Section);

        using var answer = await GetAsync(gateway, Spa);

        Assert.Equal("X-Own", Header(answer, "Access-Control-Expose-Headers"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task The_global_section_is_for_the_routes_it_names()
    {
        await using var service = await StubService.StartAsync();
        var named = TestGateway.Route(service.Port, "/a", "/d", """ "Key": "a" """);
        var other = TestGateway.Route(service.Port, "/b", "/d");
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{named}}, {{other}} ], "GlobalConfiguration": { "Cors": { "Origins": ["https://spa.example"], "RouteKeys": ["a"] } } }
            """);

        using var open = await GetAsync(gateway, Spa);
        using var closed = await GetAsync(gateway, Spa, target: "/b");

        Assert.Equal(Spa, Header(open, "Access-Control-Allow-Origin"));
        Assert.Null(Header(closed, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("""{ "Methods": ["GET"] }""", "Routes[0].Cors.Origins")]
    [InlineData("""{ "Origins": ["*"], "Credentials": true }""", "Routes[0].Cors.Credentials")]
    [InlineData("""{ "Origins": ["https://a.example"], "Credentials": true, "ExposeHeaders": ["*"] }""", "Routes[0].Cors.ExposeHeaders")]
    [InlineData("""{ "Origins": ["https://a.example"], "MaxAge": -1 }""", "Routes[0].Cors.MaxAge")]
    [InlineData("""{ "Origins": ["https://a.example"], "Headers": ["A, B"] }""", "Routes[0].Cors.Headers[0]")]
    [InlineData("""{ "Origins": ["https://a.example/"] }""", "Routes[0].Cors.Origins[0]")]
    [InlineData("""{ "Origins": ["https://a.example/app"] }""", "Routes[0].Cors.Origins[0]")]
    [InlineData("""{ "Origins": ["a.example"] }""", "Routes[0].Cors.Origins[0]")]
    [InlineData("""{ "Origins": ["null"] }""", "Routes[0].Cors.Origins[0]")]
    [InlineData("""{ "Origins": ["https://*"] }""", "Routes[0].Cors.Origins[0]")]
    [InlineData("""{ "Origins": ["https://*.*.example"] }""", "Routes[0].Cors.Origins[0]")]
    public async Task Refuses_a_section_that_no_page_or_every_page_could_use(string section, string path) =>
        Assert.Equal(path, (await ConfigurationCheck.ProblemsOfRouteAsync($"\"Cors\": {section}")).OnlyError().Path);

    [Fact]
    public async Task Refuses_the_routes_star_with_the_global_credentials()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(""" "Cors": { "Origins": ["*"] } """, """ "Cors": { "Credentials": true } """);

        Assert.Contains("all origins", problems.OnlyError().Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> GetAsync(TestGateway gateway, string origin, string? token = null, string target = "/a")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("Origin", origin);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return gateway.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PreflightAsync(TestGateway gateway, string origin, string method, string headers = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/a");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        if (headers.Length > 0) request.Headers.Add("Access-Control-Request-Headers", headers);
        return gateway.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
