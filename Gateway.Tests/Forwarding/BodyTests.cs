using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>Bodies stream both ways, whole or visibly broken.</summary>
public abstract class BodyTests(Lane lane) : LaneTests(lane)
{
    [Fact]
    public async Task A_piece_of_the_answer_reaches_the_client_before_the_next_is_written()
    {
        var first = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: 1\n\n");
            await http.Response.Body.FlushAsync();
            await first.Task;
            await http.Response.WriteAsync("data: 2\n\n");
        });
        await using var gateway = await StartAsync(service, "/a", "/d", "\"Timeout\": 1");

        using var answer = await gateway.GetAsync("/a");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stopping));
        var one = await reader.ReadLineAsync(Stopping);
        first.SetResult();
        await reader.ReadLineAsync(Stopping);
        var two = await reader.ReadLineAsync(Stopping);

        Assert.Equal(("data: 1", "data: 2"), (one, two));
    }

    [Fact]
    public async Task A_piece_of_the_upload_reaches_the_service_before_the_next_is_sent()
    {
        var arrived = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(async http =>
        {
            var buffer = new byte[16];
            await http.Request.Body.ReadAtLeastAsync(buffer, 5, throwOnEndOfStream: false);
            arrived.SetResult();
            await http.Request.Body.CopyToAsync(Stream.Null);
        });
        service.ReadsBodies = false;
        await using var gateway = await StartAsync(service, "/a", "/d");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Port, Stopping);
        var stream = client.GetStream();

        await stream.WriteAsync("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n"u8.ToArray(), Stopping);
        await arrived.Task.WaitAsync(Stopping);
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Stopping);
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync(Stopping));
    }

    [Fact]
    public async Task Compressed_bytes_pass_untouched()
    {
        byte[] body = [0x1f, 0x8b, 0, 1, 2, 3, 255];
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.Body.WriteAsync(body).AsTask();
        });
        await using var gateway = await StartAsync(service, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(Stopping));
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 100\n\nhalf")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nhalf\n")]
    public async Task An_answer_that_breaks_off_breaks_off_for_the_client_too(string bytes)
    {
        await using var service = RawService.Start(bytes);
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.DoesNotContain("0\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.True(answer.Length == 0 || answer.Contains("200 OK", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task A_body_over_the_servers_limit_is_a_413()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(
            service, "/a", "/d", settings: [("Kestrel:Limits:MaxRequestBodySize", "10")]);

        using var announced = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/a") { Content = new StringContent(new string('x', 11)) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, announced.StatusCode);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task A_post_without_a_body_has_the_length_0()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/a"));

        Assert.Equal("0", service.Only["Content-Length"]);
        Assert.Null(service.Only["Transfer-Encoding"]);
    }

    [Fact]
    public async Task A_get_with_a_body_is_sent_with_it()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/a") { Content = new StringContent("{}") });

        Assert.Equal("{}", service.Only.Text);
    }

    public sealed class OverTheFastLane() : BodyTests(Lane.Fast);

    public sealed class OverThePlatform() : BodyTests(Lane.Platform);
}
