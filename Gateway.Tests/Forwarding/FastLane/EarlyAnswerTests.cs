using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding.FastLane;

/// <summary>A service may answer before it has the whole request; the platform's client would wait for the upload to end.</summary>
public sealed class EarlyAnswerTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content-Length: 100")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task An_answer_reaches_the_client_while_the_upload_is_still_going_on(string framing)
    {
        var connections = 0;
        await using var service = RawService.Start(async connection =>
        {
            Interlocked.Increment(ref connections);
            await connection.SendAsync("HTTP/1.1 413 Too Much\r\nContent-Length: 4\r\n\r\nstop");
            await connection.UntilClosedAsync();
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");

        for (var i = 0; i < 2; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", gateway.Port, Stopping);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"POST /a HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n"), Stopping);
            var answer = new StringBuilder();
            var buffer = new byte[4096];
            while (!answer.ToString().EndsWith("stop", StringComparison.Ordinal))
            {
                var count = await stream.ReadAsync(buffer, Stopping);
                Assert.NotEqual(0, count);
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            Assert.StartsWith("HTTP/1.1 413 Too Much\r\n", answer.ToString(), StringComparison.Ordinal);
        }

        // Half a request has gone over it: nothing may follow.
        Assert.Equal(2, connections);
    }

    [Fact]
    public async Task A_conversation_over_one_request_goes_both_ways()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            var buffer = new byte[16];
            for (int count; (count = await http.Request.Body.ReadAsync(buffer)) > 0;) await http.Response.Body.WriteAsync(buffer.AsMemory(0, count));
        });
        service.ReadsBodies = false;
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Port, Stopping);
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);

        await stream.WriteAsync("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"u8.ToArray(), Stopping);
        foreach (var word in (string[])["one", "two", "three"])
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"{word.Length:x}\r\n{word}\r\n"), Stopping);
            while (await reader.ReadLineAsync(Stopping) != word) continue;
        }
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Stopping);

        Assert.EndsWith("0\r\n\r\n", (await reader.ReadToEndAsync(Stopping)).ReplaceLineEndings("\r\n"), StringComparison.Ordinal);
    }
}
