using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>Messages are framed by the method that is sent, and answers read by it, whatever the client's method was (RFC 9112 §6.3).</summary>
public abstract class MethodTests(Lane lane) : LaneTests(lane)
{
    private const string Whole = "HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok";

    [Theory]
    [InlineData("GET", "POST", "content-length: 0")]
    [InlineData("GET", "GET", null)]
    [InlineData("POST", "GET", null)]
    [InlineData("GET", "DELETE", null)]
    [InlineData("DELETE", "PUT", "content-length: 0")]
    public async Task A_request_without_a_body_has_the_length_that_its_new_method_asks_for(string method, string sent, string? length)
    {
        await using var service = RawService.Start(Whole);
        await using var gateway = await StartAsync(service.Port, "/a", "/d", $"\"DownstreamHttpMethod\": \"{sent}\"");

        await RawClient.ExchangeAsync(gateway.Port, $"{method} /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        var head = Assert.Single(service.Heads);
        Assert.StartsWith($"{sent} /d HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal(length, head.ToLowerInvariant().Split("\r\n").SingleOrDefault(line => line.StartsWith("content-length", StringComparison.Ordinal)));
        Assert.DoesNotContain("transfer-encoding", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_get_that_is_sent_as_head_ends_with_its_head()
    {
        await using var service = RawService.Start("HTTP/1.1 200 OK\nContent-Length: 5\nX-From: service\n\n");
        await using var gateway = await StartAsync(service.Port, "/a", "/d", "\"DownstreamHttpMethod\": \"HEAD\"");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["service"], answer.Headers.GetValues("X-From"));
        Assert.Equal("", await answer.Content.ReadAsStringAsync(Stopping));
    }

    [Fact]
    public async Task A_head_that_is_sent_as_get_gives_the_client_no_body()
    {
        await using var service = RawService.Start(Whole);
        await using var gateway = await StartAsync(service.Port, "/a", "/d", "\"DownstreamHttpMethod\": \"GET\"");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "HEAD /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 5")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task An_answer_to_head_has_no_body_whatever_its_fields_say(string framing)
    {
        await using var service = RawService.Start(async connection =>
        {
            do await connection.SendAsync($"HTTP/1.1 200 OK\r\n{framing}\r\n\r\n");
            while (await connection.ReadHeadAsync() is not null);
        });
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/a"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(framing.StartsWith('C') ? 5 : null, answer.Content.Headers.ContentLength);
        }
    }

    public sealed class OverTheFastLane() : MethodTests(Lane.Fast);

    public sealed class OverThePlatform() : MethodTests(Lane.Platform);
}
