namespace Gateway.Tests.Contract;

/// <summary>Contract 04 §4 and §9 with Ocelot's empty bodies, and 06 §1.6: what the gateway answers by itself.</summary>
public sealed class C04S9ErrorsTests(C04S9ErrorsTests.Setup setup) : IClassFixture<C04S9ErrorsTests.Setup>
{
    [Theory]
    [InlineData("/nope", 404)]
    [InlineData("HEAD /nope", 404)]
    [InlineData("POST /get", 404)]
    [InlineData("/closed", 502)]
    [InlineData("/tls", 502)]
    [InlineData("/blocked", 403)]
    [InlineData("/claims", 403)]
    [InlineData("/exact2", 502)]
    public async Task Has_this_status_and_no_body(string row, int status)
    {
        var answer = await setup.AskAsync(row);

        Assert.Equal(status, answer.Status);
        Assert.Equal("", answer.Body);
        Assert.Null(answer["Content-Type"]);
        Assert.Equal(row.StartsWith("HEAD", StringComparison.Ordinal) ? null : "0", answer["Content-Length"]);
    }

    [Fact]
    public async Task Over_the_limit_is_the_quota_text_with_seconds_to_wait()
    {
        var first = await setup.AskAsync("/limited | Oc-Client: one");
        var second = await setup.AskAsync("/limited | Oc-Client: one");

        Assert.Equal(200, first.Status);
        Assert.Equal("1", first["X-RateLimit-Limit"]);
        Assert.Equal("0", first["X-RateLimit-Remaining"]);
        Assert.EndsWith("Z", first["X-RateLimit-Reset"], StringComparison.Ordinal);
        Assert.Equal(429, second.Status);
        Assert.Equal("API calls quota exceeded! Maximum admitted 1 per 9s.", second.Body);
        Assert.Null(second["Content-Type"]);
        Assert.Equal("52", second["Content-Length"]);
        Assert.InRange(int.Parse(second["Retry-After"]!, null), 1, 9);
        Assert.Null(second["X-RateLimit-Limit"]);
    }

    [Fact]
    public async Task Without_headers_there_is_none()
    {
        var first = await setup.AskAsync("/bare | Oc-Client: one");
        var second = await setup.AskAsync("/bare | Oc-Client: one");

        Assert.Null(first["X-RateLimit-Limit"]);
        Assert.Equal(200, second.Status);
        Assert.Equal("over 1 per 1h {x}", second.Body);
        Assert.Null(second["X-Seen"]);
        Assert.Null(second["Retry-After"]);
    }

    [Theory]
    [InlineData("/limited | Oc-Client: vip")]
    [InlineData("/other | Oc-Client: two")]
    public async Task Whitelisted_clients_are_not_counted(string row)
    {
        for (var i = 0; i < 3; i++)
        {
            var answer = await setup.AskAsync(row);
            Assert.Equal(200, answer.Status);
            Assert.Null(answer["X-RateLimit-Limit"]);
        }
    }

    public sealed class Setup : ContractSetup
    {
        protected override string Global => "\"Compatibility\": \"Ocelot25\"";

        protected override IEnumerable<string> Routes =>
        [
            Route("/get", "/d", """ "UpstreamHttpMethod": [ "Get" ] """),
            Route("/closed", "/d").Replace("SERVICE", """{ "Host": "127.0.0.1", "Port": 1 }""", StringComparison.Ordinal),
            Route("/tls", "/d").Replace("\"http\"", "\"https\"", StringComparison.Ordinal),
            Route("/blocked", "/d", """ "SecurityOptions": { "IPBlockedList": [ "127.0.0.1" ] } """),
            Route("/claims", "/d", """ "RouteClaimsRequirement": { "role": "x" } """),
            Route("/exact2", "/d", """ "DownstreamHttpVersion": "2.0", "DownstreamHttpVersionPolicy": "RequestVersionExact" """),
            Route("/limited", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "9s", "ClientWhitelist": [ "vip" ] } """),
            Route("/bare", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h", "EnableHeaders": false, "StatusCode": 200, "QuotaMessage": "over {0} per {1} {x}" } """),
            Route("/other", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h", "ClientWhitelist": [ "one", "two" ] } """),
        ];
    }
}
