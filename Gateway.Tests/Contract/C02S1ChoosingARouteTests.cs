namespace Gateway.Tests.Contract;

/// <summary>Contract 02 §1 and §6: which route gets a request, and with which verb it goes on.</summary>
public sealed class C02S1ChoosingARouteTests(C02S1ChoosingARouteTests.Setup setup) : IClassFixture<C02S1ChoosingARouteTests.Setup>
{
    [Theory]
    [InlineData("/p/x | Host: gw.test", "GET /host/x")]
    [InlineData("/p/x | Host: gw.test:8080", "GET /host/x")]
    [InlineData("/p/x | Host: other.test", "GET /exact")]
    [InlineData("/p/y | Host: GW.TEST", "GET /host/y")] // 00 Host match: hosts have no case; Ocelot takes '/p/{all}'
    [InlineData("/p/y", "GET /all/y")]
    [InlineData("/same/1", "GET /first/1")]
    [InlineData("/zz/1 | Host: all.test", "GET /everything/zz/1")] // '/{all}' has 0 whatever it says, and -1 is lower
    [InlineData("/h1 | X-V: 1", "GET /plain")]
    [InlineData("/h2 | X-V: 1", "GET /headed")]
    [InlineData("/h2 | X-V: 2", "GET /plain")]
    [InlineData("/m", "GET /m-get")]
    [InlineData("POST /m", "POST /m-post")]
    [InlineData("HEAD /m", "404")] // no HEAD to GET
    [InlineData("OPTIONS /m", "404")]
    [InlineData("PUT /only", "404")]
    [InlineData("HEAD /only", "404")]
    [InlineData("OPTIONS /only", "404")]
    [InlineData("get /only", "GET /only")]
    [InlineData("FOO /any", "FOO /any")]
    [InlineData("foo /any", "foo /any")]
    [InlineData("delete /any", "DELETE /any")]
    [InlineData("/verb", "POST /verb")]
    [InlineData("PUT /verb | = body", "POST /verb")]
    public async Task Gets_the_request(string row, string expected)
    {
        if (row.EndsWith("/only", StringComparison.Ordinal) || row.EndsWith("/m", StringComparison.Ordinal)) row += " | Host: verbs.test";

        Assert.Equal(expected, await setup.SeenAsync(row));
    }

    [Theory]
    [InlineData("/verb", "Content-Length", "0")] // a GET that becomes a POST without a body
    [InlineData("PUT /verb | X-A: 1 | Content-Type: text/x | = body", "Content-Type", "text/x")]
    [InlineData("PUT /verb | X-A: 1 | = body", "Content-Length", "4")]
    [InlineData("PUT /verb | X-A: 1 | = body", "X-A", "1")]
    public async Task A_replaced_verb_leaves_body_and_fields(string row, string field, string expected) =>
        Assert.Equal(expected, (await setup.AskAsync(row)).Sent(field));

    public sealed class Setup : ContractSetup
    {
        protected override IEnumerable<string> Routes =>
        [
            Route("/p/{all}", "/all/{all}", "\"Priority\": 0"),
            Route("/p/x", "/exact", "\"Priority\": 1"),
            Route("/p/{z}", "/host/{z}", "\"Priority\": 0, \"UpstreamHost\": \"gw.test\""),
            Route("/same/{a}", "/first/{a}"),
            Route("/same/{b}", "/second/{b}"),
            Route("/h1", "/plain"),
            Route("/h1", "/headed", """ "UpstreamHeaderTemplates": { "X-V": "1" } """),
            Route("/h2", "/headed", """ "UpstreamHeaderTemplates": { "X-V": "1" } """),
            Route("/h2", "/plain"),
            Route("/m", "/m-get", """ "UpstreamHttpMethod": [ "get" ], "UpstreamHost": "verbs.test" """),
            Route("/m", "/m-post", """ "UpstreamHttpMethod": [ " Post " ], "UpstreamHost": "verbs.test" """),
            Route("/only", "/only", """ "UpstreamHttpMethod": [ "GET" ], "UpstreamHost": "verbs.test" """),
            Route("/any", "/any"),
            Route("/verb", "/verb", """ "DownstreamHttpMethod": "POST" """),
            Route("/{all}", "/everything/{all}", """ "Priority": 99, "UpstreamHost": "all.test" """),
            Route("/zz/{all}", "/never/{all}", """ "Priority": -1, "UpstreamHost": "all.test" """),
        ];
    }
}
