namespace Gateway.Tests.Contract;

/// <summary>Contract 06 §2.3, §4.3, §6 and §7.3, and 02 §7.1: rows that are a sequence of requests.</summary>
public sealed class C06PoliciesTests(C06PoliciesTests.Setup setup) : IClassFixture<C06PoliciesTests.Setup>
{
    [Theory]
    [InlineData("/q1", "500 500 500 200", "500 500 500 503")]
    [InlineData("/q2", "500 500 200 500 500 200", "500 500 200 500 500 200")] // a success begins the count anew
    [InlineData("/q3", "404 404 404 404 404 200", "404 404 404 404 404 200")]
    [InlineData("/q4", "509 509 509 509 200", "509 509 509 509 200")]
    [InlineData("/q5", "429 499 408 429 200", "429 499 408 429 200")]
    [InlineData("/q6", "501 505 508 200", "501 505 508 503")]
    public async Task The_circuit_opens_after_failures_in_a_row(string path, string services, string expected)
    {
        var seen = new List<int>();
        foreach (var status in services.Split(' ')) seen.Add((await setup.AskAsync($"{path}/{status}")).Status);

        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public async Task Refused_connections_open_the_circuit_too()
    {
        var seen = new List<int>();
        for (var i = 0; i < 4; i++) seen.Add((await setup.AskAsync("/down")).Status);

        Assert.Equal([502, 502, 502, 503], seen);
    }

    [Theory]
    [InlineData("/c?x=1 | X-Id: 1", "/c?x=1 | X-Id: 2", true)]
    [InlineData("/c?x=2&y=2 | X-Id: 1", "/c?y=2&x=2 | X-Id: 2", false)]
    [InlineData("/c?x=3 | OC-Cache-Control: 1 | X-Id: 1", "/c?x=3 | OC-Cache-Control: 2 | X-Id: 2", false)]
    [InlineData("/c?x=4 | Accept-Language: en | X-Id: 1", "/c?x=4 | Accept-Language: de | X-Id: 2", true)]
    [InlineData("POST /c?x=5 | X-Id: 1 | = a", "POST /c?x=5 | X-Id: 2 | = b", false)] // 00 Cache: GET and HEAD alone
    [InlineData("/cs/500 | X-Id: 1", "/cs/500 | X-Id: 2", false)] // 00 Cache: 200 to 299
    [InlineData("/c?x=6 | Answer-Set-Cookie: a=1 | X-Id: 1", "/c?x=6 | X-Id: 2", false)] // 00 Cache
    public async Task The_second_request_gets_what_the_first_got(string first, string second, bool same)
    {
        var before = (await setup.AskAsync(first)).Sent("X-Id");

        Assert.Equal("1", before);
        Assert.Equal(same ? "1" : "2", (await setup.AskAsync(second)).Sent("X-Id"));
    }

    [Theory]
    [InlineData("/ip1", 403)]
    [InlineData("/ip2", 403)]
    [InlineData("/ip3", 403)]
    [InlineData("/ip4", 200)]
    [InlineData("/ip5", 200)]
    [InlineData("/ip6", 403)]
    [InlineData("/ip7", 200)]
    public async Task Only_wanted_addresses_pass(string path, int status) => Assert.Equal(status, (await setup.AskAsync(path)).Status);

    [Theory]
    [InlineData("/t/0/x", "GET /d/0/x")]
    public async Task Serves_beside_all_these(string path, string expected) => Assert.Equal(expected, await setup.SeenAsync(path));

    [Theory]
    [InlineData("/agg/one", 200)]
    [InlineData("/agg/failing", 502)]
    [InlineData("/agg/claims", 403)]
    [InlineData("/agg/both", 502)] // the first of RouteKeys decides
    [InlineData("/agg/errors", 200)]
    public async Task An_aggregate_has_the_status_of_its_first_member_that_the_gateway_refused(string path, int status) =>
        Assert.Equal(status, (await setup.AskAsync(path)).Status);

    [Fact]
    public async Task An_aggregate_of_one_is_that_members_answer() => Assert.Equal("GET /d", (await setup.AskAsync("/agg/one"))["X-Seen"]);

    public sealed class Setup : ContractSetup
    {
        private const string Breaker = """ "QoSOptions": { "MinimumThroughput": 3, "BreakDuration": 600000 } """;

        protected override string More => """
            "Aggregates": [
              { "UpstreamPathTemplate": "/agg/one", "RouteKeys": [ "ok" ] },
              { "UpstreamPathTemplate": "/agg/failing", "RouteKeys": [ "ok", "refused" ] },
              { "UpstreamPathTemplate": "/agg/claims", "RouteKeys": [ "ok", "claims" ] },
              { "UpstreamPathTemplate": "/agg/both", "RouteKeys": [ "refused", "claims" ] },
              { "UpstreamPathTemplate": "/agg/errors", "RouteKeys": [ "ok", "error" ] }
            ],
            """;

        protected override IEnumerable<string> Routes =>
        [
            .. Enumerable.Range(1, 6).Select(i => Route($"/q{i}/{{s}}", "/status/{s}", Breaker)),
            Closed(Route("/down", "/d", Breaker)),
            Route("/c", "/d", """ "CacheOptions": { "TtlSeconds": 60 } """),
            Route("/cs/{s}", "/status/{s}", """ "CacheOptions": { "TtlSeconds": 60 } """),
            Route("/ip1", "/d", """ "SecurityOptions": { "IPBlockedList": [ "127.0.0.0/24" ] } """),
            Route("/ip2", "/d", """ "SecurityOptions": { "IPAllowedList": [ "10.0.0.0/24" ] } """),
            Route("/ip3", "/d", """ "SecurityOptions": { "IPAllowedList": [ "127.0.0.1" ], "IPBlockedList": [ "127.0.0.0/255.0.0.0" ] } """),
            Route("/ip4", "/d", """ "SecurityOptions": { "IPAllowedList": [ "127.0.0.1" ], "IPBlockedList": [ "127.0.0.0/24" ], "ExcludeAllowedFromBlocked": true } """),
            Route("/ip5", "/d", """ "SecurityOptions": { "IPAllowedList": [ "127.0.0.1-9" ] } """),
            Route("/ip6", "/d", """ "SecurityOptions": { "IPBlockedList": [ "127.0.0.0-127.0.0.9" ] } """),
            Route("/ip7", "/d", """ "SecurityOptions": { "IPBlockedList": [ "1.1.1.1" ] } """),
            Route("/t/{n}/x", "/d/{n}/x", """ "Timeout": 3 """),
            Route("/ok", "/d", """ "Key": "ok" """),
            Route("/error", "/status/500", """ "Key": "error" """),
            Route("/needs", "/d", """ "Key": "claims", "RouteClaimsRequirement": { "role": "x" } """),
            Closed(Route("/refused", "/d", """ "Key": "refused" """)),
        ];

        private static string Closed(string route) => route.Replace("SERVICE", """{ "Host": "127.0.0.1", "Port": 1 }""", StringComparison.Ordinal);
    }
}
