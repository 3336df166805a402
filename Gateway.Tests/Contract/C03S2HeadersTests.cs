namespace Gateway.Tests.Contract;

/// <summary>Contract 03 §2: which fields pass by themselves.</summary>
public sealed class C03S2HeadersTests(C03S2HeadersTests.Setup setup) : IClassFixture<C03S2HeadersTests.Setup>
{
    [Theory]
    [InlineData("POST /a", "Content-Length", "0")]
    [InlineData("PUT /a", "Content-Length", "0")]
    [InlineData("PATCH /a", "Content-Length", "0")]
    [InlineData("/a", "Content-Length", null)]
    [InlineData("DELETE /a", "Content-Length", null)]
    [InlineData("DELETE /a | = body", "Content-Length", "4")]
    [InlineData("/a | = body", "Content-Length", "4")]
    [InlineData("POST /a | Content-Type: text/x | = body", "Content-Type", "text/x")]
    [InlineData("POST /a | Content-Language: en | = body", "Content-Language", "en")]
    [InlineData("/a | Accept-Encoding: gzip, br", "Accept-Encoding", "gzip, br")]
    [InlineData("/a | Cookie: a=1; b=2", "Cookie", "a=1; b=2")]
    [InlineData("/a | Cookie: a=1 | Cookie: b=2", "Cookie", "a=1; b=2")]
    [InlineData("/a | Authorization: Basic eDp5", "Authorization", "Basic eDp5")]
    [InlineData("/a | X-Forwarded-For: 9.9.9.9", "X-Forwarded-For", "9.9.9.9, 127.0.0.1")] // docs/decisions.md; Ocelot adds nothing
    [InlineData("/a | Forwarded: for=9.9.9.9", "Forwarded", "for=9.9.9.9")]
    [InlineData("/a | Via: 1.0 x", "Via", "1.0 x")]
    [InlineData("/a", "Via", null)]
    [InlineData("/a | X-Two: 1 | X-Two: 2", "X-Two", "1, 2")]
    [InlineData("/a | Expires: 0", "Expires", null)]
    [InlineData("/a | Allow: GET", "Allow", null)]
    [InlineData("/a | Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT", "Last-Modified", null)]
    [InlineData("/a | Content-Type: text/x", "Content-Type", null)]
    [InlineData("/a | If-None-Match: \"1\"", "If-None-Match", "\"1\"")]
    [InlineData("/a | User-Agent: odd (agent", "User-Agent", "odd (agent")]
    [InlineData("/a", "User-Agent", null)]
    public async Task Arrives_at_the_service(string row, string field, string? expected) =>
        Assert.Equal(expected, (await setup.AskAsync(row)).Sent(field)?.Replace(" / ", ", ", StringComparison.Ordinal));

    [Theory]
    [InlineData("/a | Answer-Location: http://elsewhere/", "Location", "http://elsewhere/")]
    [InlineData("/a | Answer-Set-Cookie: a=1; path=/", "Set-Cookie", "a=1; path=/")]
    [InlineData("/a | Answer-Server: kestrel-like", "Server", "kestrel-like")]
    [InlineData("/s/401 | Answer-WWW-Authenticate: Bearer", "WWW-Authenticate", "Bearer")]
    public async Task Arrives_at_the_client(string row, string field, string expected) => Assert.Equal(expected, (await setup.AskAsync(row))[field]);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Passes_every_status_of_the_service(int status) => Assert.Equal(status, (await setup.AskAsync($"/s/{status}")).Status);

    public sealed class Setup : ContractSetup
    {
        protected override IEnumerable<string> Routes => [Route("/a", "/d"), Route("/s/{status}", "/status/{status}")];
    }
}
