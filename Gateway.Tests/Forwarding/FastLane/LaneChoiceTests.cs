using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding.FastLane;

/// <summary>
/// What goes over the fast lane, and what the platform's client must do. An answer with a folded line tells: the platform's client unfolds
/// it, the fast lane refuses it.
/// </summary>
public sealed class LaneChoiceTests
{
    private const string Folded = "HTTP/1.1 200 OK\nX-Folded: a\n b\nContent-Length: 0\nConnection: close\n\n";

    [Theory]
    [InlineData("", true)]
    [InlineData(""" "DownstreamHttpMethod": "POST" """, true)]
    [InlineData(""" "UpstreamHeaderTransform": { "X-A": "1" } """, true)]
    [InlineData(""" "HttpHandlerOptions": { "MaxConnectionsPerServer": 3 } """, true)]
    [InlineData(""" "HttpHandlerOptions": { "AllowAutoRedirect": true } """, false)]
    [InlineData(""" "HttpHandlerOptions": { "UseProxy": true } """, false)]
    [InlineData(""" "DownstreamHttpVersion": "1.0" """, false)]
    [InlineData(""" "DownstreamHttpVersion": "2.0" """, false)]
    [InlineData(""" "DownstreamHttpVersionPolicy": "RequestVersionOrHigher" """, false)]
    [InlineData(""" "QoSOptions": { "ExceptionsAllowedBeforeBreaking": 3, "DurationOfBreak": 1000, "TimeoutValue": 5000 } """, false)]
    [InlineData(""" "FileCacheOptions": { "TtlSeconds": 5 } """, false)]
    public async Task A_route_takes_the_fast_lane_unless_it_asks_for_more(string options, bool isFast) =>
        Assert.Equal(isFast, await IsFastAsync(options, new HttpRequestMessage(HttpMethod.Get, "/a")));

    [Theory]
    [InlineData("Upgrade", "foo")]
    [InlineData("Expect", "something")]
    public async Task A_request_that_asks_for_more_takes_the_other(string field, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.TryAddWithoutValidation(field, value);

        Assert.False(await IsFastAsync("", request));
    }

    [Fact]
    public async Task The_host_can_switch_it_off() =>
        Assert.False(await IsFastAsync("", new HttpRequestMessage(HttpMethod.Get, "/a"), ("Gateway:FastLane", "false")));

    private static async Task<bool> IsFastAsync(string options, HttpRequestMessage request, params (string Key, string Value)[] settings)
    {
        await using var service = RawService.Start(Folded);
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d", options, settings: settings);

        using var answer = await gateway.SendAsync(request);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadGateway });
        return answer.StatusCode == HttpStatusCode.BadGateway;
    }
}
