using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>Bodies of requests arrive whole and in one framing, however they come.</summary>
public abstract class UploadTests(Lane lane) : LaneTests(lane)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_240)]
    [InlineData(3_000_000)]
    public async Task An_upload_arrives_octet_by_octet(int length)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");
        var body = new byte[length];
        new Random(length).NextBytes(body);

        using var sized = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/a") { Content = new ByteArrayContent(body) });
        using var chunked = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Put, "/a")
        {
            Content = new ByteArrayContent(body),
            Headers = { TransferEncodingChunked = true },
        });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (sized.StatusCode, chunked.StatusCode));
        Assert.Equal([body, body], service.Seen.Select(seen => seen.Body));
        Assert.Equal([$"{length}", null], service.Seen.Select(seen => seen["Content-Length"]));
        Assert.Equal([null, "chunked"], service.Seen.Select(seen => seen["Transfer-Encoding"]));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_an_upload_leaves_the_service_with_a_broken_one()
    {
        var broken = new TaskCompletionSource<Exception?>();
        await using var service = await StubService.StartAsync(async http =>
        {
            broken.SetResult(await Record.ExceptionAsync(() => http.Request.Body.CopyToAsync(Stream.Null, Stopping)));
        });
        service.ReadsBodies = false;
        await using var gateway = await StartAsync(service, "/a", "/d");
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", gateway.Port, Stopping);
            await client.GetStream().WriteAsync("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray(), Stopping);
            await Eventually.TrueAsync(() => service.Seen.Count == 1, "the service sees the request");
        }

        Assert.NotNull(await broken.Task.WaitAsync(Stopping));
    }

    [Fact]
    public async Task Leave_to_send_is_asked_for_once_and_the_body_arrives()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Port, Stopping);
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);

        await stream.WriteAsync("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"u8.ToArray(), Stopping);
        var leave = await reader.ReadLineAsync(Stopping);
        await stream.WriteAsync("body"u8.ToArray(), Stopping);
        await reader.ReadLineAsync(Stopping);
        var status = await reader.ReadLineAsync(Stopping);

        Assert.Equal(("HTTP/1.1 100 Continue", "HTTP/1.1 200 OK"), (leave, status));
        Assert.Equal("body", service.Only.Text);
    }

    public sealed class OverTheFastLane() : UploadTests(Lane.Fast);

    public sealed class OverThePlatform() : UploadTests(Lane.Platform);
}
