using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding.FastLane;

/// <summary>Answers that somebody could take for two, or for another, over HTTP: the client gets a 502 or a broken answer, never their octets.</summary>
public sealed class StrictnessTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 4\n\nevil")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\r\n evil\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\rEvil: b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\nevil")]
    [InlineData("HTTP/1.1 2OO OK\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n")]
    [InlineData("\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("evil")]
    public async Task An_ambiguous_head_is_a_502(string bytes)
    {
        await using var service = RawService.Start(connection => connection.SendAsync(bytes));
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(Stopping), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(answer.Headers, field => field.Key is "X" or "Evil");
    }

    [Theory]
    [InlineData("4\r\ngood\r\nzz\r\nevil\r\n0\r\n\r\n")]
    [InlineData("4\r\ngood\n4\r\nevil\r\n0\r\n\r\n")]
    [InlineData("4 \r\nevil\r\n0\r\n\r\n")]
    [InlineData("4\r\ngood\r\n0\r\nevil\r\n\r\n")]
    [InlineData("4\r\ngood\r\n0\r\nX: a\nEvil: b\r\n\r\n")]
    public async Task An_ambiguous_chunk_breaks_the_answer_off(string body)
    {
        await using var service = RawService.Start(connection => connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body));
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\n\n");

        Assert.DoesNotContain("evil", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\r\n0\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, 200)]
    [InlineData(70_000, 502)]
    public async Task A_head_has_64_kilobytes_at_most(int length, int status)
    {
        var big = string.Concat(Enumerable.Repeat($"X-Big: {new string('a', 991)}\r\n", length / 1000));
        await using var service = RawService.Start(connection => connection.SendAsync($"HTTP/1.1 200 OK\r\n{big}Content-Length: 2\r\n\r\nok"));
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_a_502()
    {
        await using var service = RawService.Start(async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\n");
            while (true) await connection.SendAsync($"X: {new string('a', 1000)}\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Interim_answers_without_end_are_a_502()
    {
        await using var service = RawService.Start(async connection =>
        {
            while (true) await connection.SendAsync("HTTP/1.1 102 Processing\r\n\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nX-A: 1\r\n\r\nhello, world")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n5\r\nhello\r\n7;x\r\n, world\r\n0\r\nX-T: 1\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 12\r\nX-A: 1\r\n\r\nhello, world")]
    public async Task An_answer_is_the_same_octet_by_octet(string bytes)
    {
        await using var service = RawService.Start(async connection =>
        {
            connection.Client.NoDelay = true;
            do
            {
                foreach (var octet in bytes)
                {
                    await connection.SendAsync($"{octet}");
                    await Task.Yield();
                }
            }
            while (await connection.ReadHeadAsync() is not null);
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.GetAsync("/a");
            Assert.Equal(["1"], answer.Headers.GetValues("X-A"));
            Assert.Equal("hello, world", await answer.Content.ReadAsStringAsync(Stopping));
        }
    }
}
