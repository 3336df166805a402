using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>What arrives is the same over both lanes, field by field.</summary>
public sealed class ParityTests() : LaneTests(Lane.Fast)
{
    [Theory]
    [InlineData("GET /a HTTP/1.1\nHost: x\n\n")]
    [InlineData("GET /a?b=1&b=%20&c HTTP/1.1\nHost: public.example:81\nAccept: */*\nAccept-Encoding: gzip, br\nUser-Agent: odd (agent\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nContent-Type: text/x\nContent-Language: en\nExpires: 0\nAllow: GET\nLast-Modified: now\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nContent-Length: 0\nContent-Type: text/x\n\n")]
    [InlineData("POST /a HTTP/1.1\nHost: x\nContent-Length: 0\nContent-Type: text/x\nContent-Encoding: gzip\nContent-MD5: x\nContent-Range: bytes 0-0/1\n\n")]
    [InlineData("POST /a HTTP/1.1\nHost: x\nContent-Length: 2\nContent-Type: text/x\nContent-Disposition: inline\nExpires: 0\n\nok")]
    [InlineData("POST /a HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nContent-Type: text/x\nTrailer: X-T\n\n2\nok\n0\nX-T: 1\n\n")]
    [InlineData("PUT /a HTTP/1.1\nHost: x\n\n")]
    [InlineData("OPTIONS /a HTTP/1.1\nHost: x\n\n")]
    [InlineData("DELETE /a HTTP/1.1\nHost: x\n\n")]
    [InlineData("FOO /a HTTP/1.1\nHost: x\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nX-Two: 1\nX-Two: 2\nCookie: a=1\nCookie: b=2\nUser-Agent: a\nAccept: text/a\nAccept: text/b\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nX-Empty:\nX-Tab: a\tb\nX-Name: caf\u00e9\nX-Spaces:   a  b  \n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nConnection: X-Private, keep-alive\nX-Private: 1\nX-Public: 2\nKeep-Alive: timeout=5\nTE: trailers\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nConnection: X-Forwarded-For\nX-Forwarded-For: 9.9.9.9\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nX-Forwarded-For: 9.9.9.9\nX-Forwarded-For: 8.8.8.8, 7.7.7.7\nX-Forwarded-Host: evil\nForwarded: for=9.9.9.9\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nProxy-Authorization: a\nProxy-Connection: b\nUpgrade-Insecure-Requests: 1\nAlt-Svc: c\nVia: 1.0 x\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nIf-None-Match: \"1\"\nRange: bytes=0-1\nAuthorization: Basic eDp5\nOrigin: http://x\nReferer: http://y\n\n")]
    [InlineData("GET /a HTTP/1.0\nHost: x\n\n")]
    [InlineData("GET /changed HTTP/1.1\nHost: x\nX-Set: old\nX-Gone: 1\nAccept: text/a\n\n")]
    [InlineData("HEAD /a HTTP/1.1\nHost: x\n\n")]
    public async Task The_service_gets_the_same_head(string request)
    {
        var fast = await HeadOverAsync(Lane.Fast, request);
        var platform = await HeadOverAsync(Lane.Platform, request);

        Assert.Equal(platform, fast);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\nContent-Type: text/plain\nServer: x\nDate: Wed, 21 Oct 2015 07:28:00 GMT\n\nok")]
    [InlineData("HTTP/1.1 200\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 200 \nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 404 Gone fishing\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n3\nay!\n0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n00a;x=y\n0123456789\n0;z\nX-T: 1\n\n")]
    [InlineData("HTTP/1.1 200 OK\n\nuntil the end")]
    [InlineData("HTTP/1.0 200 OK\nContent-Type: text/plain\n\nuntil the end")]
    [InlineData("HTTP/1.1 204 No Content\nX-A: 1\n\n")]
    [InlineData("HTTP/1.1 205 Reset Content\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 304 Not Modified\nETag: \"a\"\nContent-Length: 9\n\n")]
    [InlineData("HTTP/1.1 302 Found\nLocation: http://elsewhere/\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 103 Early Hints\nLink: </a>\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 100 Continue\n\nHTTP/1.1 102 Processing\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 200 OK\nX-Two: 1\nX-Two: 2\nSet-Cookie: a=1\nSet-Cookie: b=2; Path=/\nVary: a\nVary: b\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nX-Empty:\nX-Tab: a\tb\nX-Name: caf\u00e9\nX-Spaces:   a  b  \nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nConnection: close, X-Private\nX-Private: 1\nX-Public: 2\nKeep-Alive: timeout=5\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nProxy-Authenticate: a\nUpgrade: h2c\nAlt-Svc: c\nTE: a\nWWW-Authenticate: Basic\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Language: en\nExpires: 0\nLast-Modified: now\nAllow: GET\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 599 Odd\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 2\n\nok")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: -2\n\nok")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 100\n\n")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\nContent-Le")]
    public async Task The_client_gets_the_same_answer(string answer)
    {
        var fast = await AnswerOverAsync(Lane.Fast, answer);
        var platform = await AnswerOverAsync(Lane.Platform, answer);

        Assert.Equal(platform, fast);
    }

    private static async Task<string> HeadOverAsync(Lane lane, string request)
    {
        await using var service = RawService.Start("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [
              {{TestGateway.Route(service.Port, "/a", "/d")}},
              {{TestGateway.Route(service.Port, "/changed", "/d", """ "UpstreamHeaderTransform": { "X-Set": "new", "X-Added": "1", "User-Agent": "gateway" } """)}} ] }
            """, [Setting(lane)]);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Port, Stopping);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")), Stopping);
        await Eventually.TrueAsync(() => service.Heads.Count > 0, "the service has the head");

        // Field names in one case, in one order; ports differ from run to run.
        return string.Join('\n', Assert.Single(service.Heads).Replace($":{service.Port}", ":PORT", StringComparison.Ordinal).TrimEnd().Split("\r\n")
            .Select((line, i) => i == 0 || line.IndexOf(':') is not (> 0 and var at) ? line : line[..at].ToLowerInvariant() + line[at..])
            .Where(line => !line.StartsWith("traceparent", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
    }

    private static async Task<string> AnswerOverAsync(Lane lane, string answer)
    {
        await using var service = RawService.Start(answer);
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d", settings: [Setting(lane)]);
        using var got = await gateway.GetAsync("/a");
        var text = new StringBuilder($"{(int)got.StatusCode} {got.ReasonPhrase}\n");
        var fields = got.Headers.Concat(got.Content.Headers).Where(field => field.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID"));
        foreach (var (name, values) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(" | ", values)}\n");
        if (got.Content.Headers.ContentType?.MediaType != "application/problem+json") text.Append(await got.Content.ReadAsStringAsync(Stopping));
        return text.ToString().Replace($":{service.Port}", ":PORT", StringComparison.Ordinal);
    }
}
