using System.Net;
using Gateway.Configuration;
using Gateway.Tests.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>What contract 00 marks ⇄, in both positions of <c>Compatibility</c>; and the switches that have a name of their own.</summary>
public sealed class C00CompatibilityTests
{
    private const string Ocelots = """ "Compatibility": "Ocelot25" """;

    [Theory]
    [InlineData("", "200 200")] // routes meet by what they are for; this one is new
    [InlineData(Ocelots, "404 200")] // by their position: the first is patched
    public async Task Entries_of_an_overlay_meet_by_meaning_or_by_position(string global, string statuses)
    {
        await using var service = await StubService.StartAsync();
        using var folder = new TempFolder();
        folder.Write("ocelot.json", $$"""{ "Routes": [ {{TestGateway.Route(service.Port, "/a", "/d")}} ], "GlobalConfiguration": { {{global}} } }""");
        folder.Write("ocelot.Dev.json", $$"""{ "Routes": [ {{TestGateway.Route(service.Port, "/z", "/d")}} ] }""");
        await using var gateway = await TestGateway.StartFilesAsync(folder.Path, "Dev");

        using var a = await gateway.GetAsync("/a");
        using var z = await gateway.GetAsync("/z");

        Assert.Equal(statuses, $"{(int)a.StatusCode} {(int)z.StatusCode}");
    }

    [Theory]
    [InlineData("", """ "DownstreamScheme": "https" """, HttpStatusCode.BadGateway)] // the service speaks plain HTTP
    [InlineData(Ocelots, """ "DownstreamScheme": "https" """, HttpStatusCode.OK)]
    [InlineData("", """ "DownstreamHttpVersion": "2.0", "DownstreamHttpVersionPolicy": "RequestVersionExact" """, HttpStatusCode.BadGateway)] // and HTTP/1.1
    [InlineData(Ocelots, """ "DownstreamHttpVersion": "2.0", "DownstreamHttpVersionPolicy": "RequestVersionExact" """, HttpStatusCode.OK)]
    public async Task A_global_scheme_holds_for_static_routes(string global, string shared, HttpStatusCode expected)
    {
        await using var service = await StubService.StartAsync();
        var route = TestGateway.Route(service.Port, "/a", "/d").Replace("\"DownstreamScheme\": \"http\", ", "", StringComparison.Ordinal);
        await using var gateway = await TestGateway.StartAsync(
            $$"""{ "Routes": [ {{route}} ], "GlobalConfiguration": { {{string.Join(", ", new[] { global, shared }.Where(m => m.Length > 0))}} } }""");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "/nope", "application/problem+json")]
    [InlineData(Ocelots, "/nope", null)]
    [InlineData("", "/closed", "application/problem+json")]
    [InlineData(Ocelots, "/closed", null)]
    [InlineData("", "/claims", "application/problem+json")]
    [InlineData(Ocelots, "/claims", null)]
    public async Task Refusals_have_a_body(string global, string target, string? contentType)
    {
        await using var setup = await Setup.StartAsync(global);

        var answer = await setup.AskAsync(target);

        Assert.Equal(contentType, answer["Content-Type"]);
        Assert.Equal(contentType is null, answer.Body.Length == 0);
    }

    [Theory]
    [InlineData("", "/limited", "200 429")] // counted by its address
    [InlineData(Ocelots, "/limited", "503 503")]
    [InlineData("", "/limited | Oc-Client:", "200 429")]
    [InlineData(Ocelots, "/limited | Oc-Client:", "503 503")]
    [InlineData("", "/limited | Oc-Client: a", "200 429")]
    [InlineData(Ocelots, "/limited | Oc-Client: a", "200 429")]
    [InlineData(Ocelots, "OPTIONS /limited | Origin: http://x | Access-Control-Request-Method: GET", "200 200")]
    [InlineData(Ocelots, "/by-address", "200 429")] // the header transform gives every client its name
    public async Task A_client_without_the_header_has_its_address_for_a_name(string global, string row, string expected)
    {
        await using var setup = await Setup.StartAsync(global);

        Assert.Equal(expected, await setup.StatusesAsync(row, row));
    }

    [Theory]
    [InlineData("/cached | X-Id: 1", "/cached | X-Id: 2", true, true)]
    [InlineData("POST /cached | X-Id: 1 | = a", "POST /cached | X-Id: 2 | = b", false, true)]
    [InlineData("/cached/500 | X-Id: 1", "/cached/500 | X-Id: 2", false, true)]
    [InlineData("/cached | Answer-Set-Cookie: a=1 | X-Id: 1", "/cached | X-Id: 2", false, true)]
    [InlineData("/cached | Authorization: Basic YQ== | X-Id: 1", "/cached | Authorization: Basic Yg== | X-Id: 2", false, true)]
    [InlineData("/cached | X-Id: 1", "/cached | Host: b.example | X-Id: 2", false, false)]
    [InlineData("/cached?x=1&y=2 | X-Id: 1", "/cached?y=2&x=1 | X-Id: 2", false, false)]
    public async Task Answers_are_shared_with_care_or_as_Ocelot_does(string first, string second, bool careful, bool ocelots)
    {
        foreach (var (global, isShared) in new[] { ("", careful), (Ocelots, ocelots) })
        {
            await using var setup = await Setup.StartAsync(global);

            await setup.AskAsync(first);

            Assert.Equal(isShared ? "1" : "2", (await setup.AskAsync(second)).Sent("X-Id"));
        }
    }

    [Fact]
    public async Task One_jar_of_cookies_is_refused_or_shared_by_all_clients()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "sid=1";
            return Task.CompletedTask;
        });
        const string Jar = """ "HttpHandlerOptions": { "UseCookieContainer": true } """;
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", Jar, Ocelots);

        using var first = await gateway.GetAsync("/a");
        using var other = await gateway.GetAsync("/a");

        Assert.Equal([null, "sid=1"], service.Seen.Select(s => s["Cookie"]));
        Assert.Equal("Routes[0].HttpHandlerOptions.UseCookieContainer", (await ConfigurationCheck.ErrorsOfRouteAsync(Jar)).OnlyError().Path);
    }

    [Theory] // rule 5: what only rule 2 refuses is a warning, but never where a route would be more open than it was meant
    [InlineData(""" "Colour": "red" """, true)]
    [InlineData(""" "RateLimitOptions": { "Period": "1s" } """, true)]
    [InlineData(""" "CacheOptions": { "TtlSeconds": -1 } """, true)]
    [InlineData(""" "QoSOptions": { "MinimumThroughput": 2, "FailureRatio": 7 } """, true)]
    [InlineData(""" "UpstreamHeaderTransform": { "X": "{Nope}" } """, true)]
    [InlineData(""" "AuthenticationOption": { "AuthenticationProviderKey": "B" } """, false)]
    [InlineData(""" "DelegatingHandlers": [ "Nobody" ] """, false)]
    [InlineData(""" "SecurityOptions": { "IPAllowedList": [ "10.0.0.300" ] } """, false)]
    [InlineData(""" "Timeout": "soon" """, false)]
    public async Task What_only_this_gateway_refuses_is_a_warning(string member, bool isTolerated)
    {
        var strict = await ConfigurationCheck.ProblemsOfRouteAsync(member);
        var tolerant = await ConfigurationCheck.ProblemsOfRouteAsync(member, Ocelots);

        Assert.Contains(strict, p => p.Severity == Severity.Error);
        Assert.Equal(!isTolerated, tolerant.Any(p => p.Severity == Severity.Error));
        Assert.NotEmpty(tolerant);
    }

    [Theory]
    [InlineData("", "POST /get", 404, null)]
    [InlineData(""" "MethodNotAllowed": true """, "POST /get", 405, "GET")]
    [InlineData(""" "MethodNotAllowed": true """, "POST /nope", 404, null)]
    public async Task A_known_path_with_another_verb_is_a_405_where_that_is_wanted(string global, string row, int status, string? allow)
    {
        await using var setup = await Setup.StartAsync(global);

        var answer = await setup.AskAsync(row);

        Assert.Equal((status, allow), (answer.Status, answer["Allow"]));
    }

    private sealed class Setup(string global) : ContractSetup
    {
        protected override string Global => global;

        protected override IEnumerable<string> Routes =>
        [
            Route("/get", "/d", """ "UpstreamHttpMethod": [ "Get" ] """),
            Route("/closed", "/d").Replace("SERVICE", """{ "Host": "127.0.0.1", "Port": 1 }""", StringComparison.Ordinal),
            Route("/claims", "/d", """ "RouteClaimsRequirement": { "role": "x" } """),
            Route("/limited", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h" } """),
            Route("/by-address", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h" }, "UpstreamHeaderTransform": { "Oc-Client": "{RemoteIpAddress}" } """),
            Route("/cached", "/d", """ "CacheOptions": { "TtlSeconds": 60 } """),
            Route("/cached/{s}", "/status/{s}", """ "CacheOptions": { "TtlSeconds": 60 } """),
        ];

        public static async Task<Setup> StartAsync(string global)
        {
            var setup = new Setup(global);
            await setup.InitializeAsync();
            return setup;
        }
    }
}
