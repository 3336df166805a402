using System.Net;
using System.Net.Http.Headers;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>What a proxy owes to the heads of requests and answers (RFC 9110 §7.6, RFC 9112; contract 03 §2).</summary>
public abstract class HeadTests(Lane lane) : LaneTests(lane)
{
    [Fact]
    public async Task Sends_one_host_line_that_names_the_destination()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { Host = "public.example" } });

        Assert.Equal($"127.0.0.1:{service.Port}", service.Only["Host"]);
        Assert.Equal("public.example", service.Only["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task Adds_the_peer_behind_what_the_client_claims_and_replaces_the_other_forwarded_headers()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");
        var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add("X-Forwarded-For", "9.9.9.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");

        await gateway.SendAsync(request);

        Assert.Equal("9.9.9.9, 127.0.0.1", service.Only["X-Forwarded-For"]);
        Assert.Equal("http", service.Only["X-Forwarded-Proto"]);
        Assert.Null(service.Only["X-Forwarded-Prefix"]);
    }

    [Fact]
    public async Task Leaves_the_forwarded_headers_that_the_route_sets_itself()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """
            "UpstreamHeaderTransform": { "X-Forwarded-For": "{RemoteIpAddress}", "x-forwarded-proto": "https", "X-Forwarded-Host": "{UpstreamHost}" }
            """);
        var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { Host = "public.example:99" } };
        request.Headers.Add("X-Forwarded-For", "9.9.9.9");

        await gateway.SendAsync(request);

        Assert.Equal("127.0.0.1", service.Only["X-Forwarded-For"]);
        Assert.Equal("https", service.Only["X-Forwarded-Proto"]);
        Assert.Equal("public.example:99", service.Only["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task Drops_the_fields_that_belong_to_the_clients_connection()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.TryAddWithoutValidation("Connection", "X-Private, Host, Content-Type");
        request.Headers.TryAddWithoutValidation("X-Private", "1");
        request.Headers.TryAddWithoutValidation("X-Public", "2");
        request.Headers.TryAddWithoutValidation("Keep-Alive", "timeout=5");
        request.Headers.TryAddWithoutValidation("Proxy-Connection", "keep-alive");

        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(service.Only["X-Private"]);
        Assert.Null(service.Only["Keep-Alive"]);
        Assert.Null(service.Only["Proxy-Connection"]);
        Assert.Equal("2", service.Only["X-Public"]);
        Assert.Equal($"127.0.0.1:{service.Port}", service.Only["Host"]);
    }

    [Fact]
    public async Task Drops_the_fields_that_belong_to_the_services_connection()
    {
        await using var service = RawService.Start("HTTP/1.1 200 OK\nConnection: X-Private\nX-Private: 1\nX-Public: 2\nKeep-Alive: timeout=5\nContent-Length: 2\n\nok");
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.False(answer.Headers.Contains("X-Private"));
        Assert.False(answer.Headers.Contains("Keep-Alive"));
        Assert.Equal(["2"], answer.Headers.GetValues("X-Public"));
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: foo\n\n")]
    [InlineData("HTTP/1.1 099 Odd\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\nabc")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2, 3\n\nabc")]
    [InlineData("HTTP/1.1 200 OK\nX-Bad: a\u0001b\nContent-Length: 0\n\n")]
    [InlineData("nonsense\n\n")]
    [InlineData("HTTP/1.1 200 OK\nBad Name: 1\nContent-Length: 0\n\n")]
    public async Task An_answer_that_is_no_valid_http_is_a_502(string bytes)
    {
        await using var service = RawService.Start(bytes);
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unusual_status_and_its_phrase_pass_through()
    {
        await using var service = RawService.Start("HTTP/1.1 999 Odd\nContent-Length: 1\n\nx");
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(999, (int)answer.StatusCode);
        Assert.Equal("Odd", answer.ReasonPhrase);
    }

    [Fact]
    public async Task Bytes_beyond_ascii_in_an_answers_field_pass_as_they_are()
    {
        await using var service = RawService.Start("HTTP/1.1 200 OK\nX-Name: caf\u00e9\nContent-Length: 0\n\n");
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.Contains("X-Name: caf\u00e9\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\nContent-Length: 5\n\n", 204)]
    [InlineData("HTTP/1.1 304 Not Modified\nContent-Length: 5\nETag: \"a\"\n\n", 304)]
    public async Task A_length_on_an_answer_without_a_body_is_dropped(string bytes, int status)
    {
        await using var service = RawService.Start(bytes);
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1\nHost: x\nHost: y\nConnection: close\n\n")]
    [InlineData("POST /a HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\nConnection: close\n\na")]
    [InlineData("POST /a HTTP/1.1\nHost: x\nTransfer-Encoding: chunked, identity\nConnection: close\n\n0\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: x\nBad Name: 1\nConnection: close\n\n")]
    public async Task An_ambiguous_request_is_a_400_and_never_reaches_the_service(string bytes)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, bytes);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task A_request_with_both_a_length_and_chunks_is_sent_on_with_one_framing()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        await RawClient.ExchangeAsync(gateway.Port,
            "POST /a HTTP/1.1\nHost: x\nContent-Length: 3\nTransfer-Encoding: chunked\nConnection: close\n\n2\nok\n0\n\n");

        foreach (var seen in service.Seen)
        {
            Assert.False(seen.Headers.ContainsKey("Content-Length") && seen.Headers.ContainsKey("Transfer-Encoding"));
            Assert.Equal("ok", seen.Text);
        }
    }

    [Fact]
    public async Task A_malformed_chunk_from_the_client_is_a_400()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port,
            "POST /a HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nConnection: close\n\nzz\nok\n0\n\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_set_cookie_line_stays_a_line_of_its_own()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.Append("Set-Cookie", "a=1; Path=/");
            http.Response.Headers.Append("Set-Cookie", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(service, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(["a=1; Path=/", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT"], answer.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task Credentials_and_cookies_of_the_client_reach_the_service()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");
        var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "t") } };
        request.Headers.Add("Cookie", "a=1; b=2");

        await gateway.SendAsync(request);

        Assert.Equal("Bearer t", service.Only["Authorization"]);
        Assert.Equal("a=1; b=2", service.Only["Cookie"]);
    }

    public sealed class OverTheFastLane() : HeadTests(Lane.Fast);

    public sealed class OverThePlatform() : HeadTests(Lane.Platform);
}
