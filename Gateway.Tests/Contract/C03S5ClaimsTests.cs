using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 03 §5 to §7: what becomes of claims, request ids and limits on the way to the service.</summary>
public sealed class C03S5ClaimsTests(C03S5ClaimsTests.Setup setup) : IClassFixture<C03S5ClaimsTests.Setup>
{
    private const string Admin = """ | Token: { "sub": "admin|42" }""";

    [Theory]
    [InlineData("/whole", "admin|42")]
    [InlineData("/second", "42")]
    [InlineData("/any-of", "42")]
    [InlineData("/blank", "admin|42")]
    public async Task A_claim_becomes_a_header(string target, string expected) => Assert.Equal(expected, (await setup.AskAsync(target + Admin + " | X-OUT: forged")).Sent("X-Out"));

    [Theory]
    [InlineData("/beyond" + Admin, 403)]
    [InlineData("/missing" + Admin, 403)]
    [InlineData("/anonymous", 403)] // without authentication nobody has a claim
    [InlineData("OPTIONS /whole", 403)] // OPTIONS skips authentication, and has no claim then
    public async Task A_claim_that_is_missing_stops_the_request(string row, int status) => Assert.Equal(status, (await setup.AskAsync(row)).Status);

    [Theory]
    [InlineData("/q/7?uid=evil&z=1&z=2&e=%26x" + Admin, "GET /d?uid=42&z=1&z=2&e=%26x")] // 00 Query; Ocelot splits at the '&'
    [InlineData("/q/7?UID=evil" + Admin, "GET /d?uid=42")] // Ocelot 500
    [InlineData("/q2?k=1 | Token: { \"v\": [ \"a&b c%\", \"second\" ] }", "GET /d?k=1&v=a%26b%20c%25%2Csecond")] // 00 Encoding
    [InlineData("/p/a/b?c=1" + Admin, "GET /users/42/a/b?c=1")]
    [InlineData("/p/a?userId=9" + Admin, "GET /users/42/a")] // a parameter named like the placeholder goes
    [InlineData("/p/a | Token: { \"sub\": \"x|../../admin\" }", "GET /users/..%2F..%2Fadmin/a")] // 00 Encoding
    [InlineData("/made" + Admin, "GET /d")] // AddClaimsToRequest feeds the requirement
    [InlineData("/made | Token: { \"sub\": \"user|42\" }", "403")]
    public async Task Becomes_the_services_url(string row, string expected) => Assert.Equal(expected, await setup.SeenAsync(row));

    [Theory]
    [InlineData("/rid | X-Rid: abc", "X-Rid", "abc")]
    [InlineData("/rid/own | X-Rid: abc", "X-Rid", "abc")]
    [InlineData("/rid/own | X-Rid: abc", "X-Route", "abc")]
    [InlineData("/rid/own | X-Rid: abc | X-Route: zzz", "X-Route", "zzz")]
    [InlineData("/rid/own | X-Rid: abc | X-Route: zzz", "X-Rid", "abc")]
    public async Task The_request_has_its_id(string row, string header, string expected) => Assert.Equal(expected, (await setup.AskAsync(row)).Sent(header));

    [Fact]
    public async Task A_request_without_an_id_gets_one() => Assert.NotEmpty((await setup.AskAsync("/rid")).Sent("X-Rid")!);

    [Theory] // 03 §7: sent on whatever status follows, but not where limiting is off or the client whitelisted
    [InlineData("/limit/d | Oc-Client: a", "9")]
    [InlineData("/limit/status/500 | Oc-Client: b", "9")]
    [InlineData("/limit/d | Oc-Client: vip", null)]
    [InlineData("/limit/guarded | Oc-Client: c", "9")] // 401
    [InlineData("/whole" + Admin, null)]
    public async Task The_limit_is_told(string row, string? expected) => Assert.Equal(expected, (await setup.AskAsync(row))["X-RateLimit-Limit"]);

    public sealed class Setup : ContractSetup
    {
        private const string Limit = """ "RateLimitOptions": { "Limit": 9, "Period": "1h", "ClientWhitelist": [ "vip" ] } """;

        protected override string Global => """ "RequestIdKey": "X-Rid" """;

        protected override IEnumerable<string> Routes =>
        [
            Header("/whole", "Claims[sub] > value"),
            Header("/second", "Claims[sub] > value[1] > |"),
            Header("/any-of", "Claims[sub] > value[1] > |#"),
            Header("/blank", "Claims[sub] > value[1] >  "),
            Header("/beyond", "Claims[sub] > value[9] > |"),
            Header("/missing", "Claims[nope] > value"),
            Route("/anonymous", "/d", """ "AddHeadersToRequest": { "X-Out": "Claims[sub] > value" } """),
            Authenticated("/q/{id}", "/d", """ "AddQueriesToRequest": { "uid": "Claims[sub] > value[1] > |" } """),
            Authenticated("/q2", "/d", """ "AddQueriesToRequest": { "v": "Claims[v] > value" } """),
            Authenticated("/p/{rest}", "/users/{userId}/{rest}", """ "ChangeDownstreamPathTemplate": { "userId": "Claims[sub] > value[1] > |" } """),
            Authenticated("/made", "/d", """ "AddClaimsToRequest": { "kind": "Claims[sub] > value[0] > |" }, "RouteClaimsRequirement": { "kind": "admin" } """),
            Route("/rid", "/d"),
            Route("/rid/own", "/d", """ "RequestIdKey": "X-Route" """),
            Route("/limit/d", "/d", Limit),
            Route("/limit/status/{s}", "/status/{s}", Limit),
            Authenticated("/limit/guarded", "/d", Limit),
        ];

        private protected override IEnumerable<(string Key, string Value)> SettingsOf(TokenIssuer issuer) => Schemes.Jwt(issuer);

        private static string Header(string path, string expression) => Authenticated(path, "/d", $$""" "AddHeadersToRequest": { "x-out": "{{expression}}" } """);

        private static string Authenticated(string path, string downstream, string more) => Route(path, downstream, AuthenticatedRequests.ByBearer + "," + more);
    }
}
