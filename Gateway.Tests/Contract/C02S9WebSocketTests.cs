using System.Net.WebSockets;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 02 §9 and 08 §7, as 00 amends them: one route serves HTTP and the upgrade, and its whole policy holds for both.</summary>
public sealed class C02S9WebSocketTests(C02S9WebSocketTests.Setup setup) : IClassFixture<C02S9WebSocketTests.Setup>
{
    [Theory]
    [InlineData("/ws/room", null, "101 /d/room")]
    [InlineData("/http/room", null, "101 /d/room")]
    [InlineData("/nope", null, "404")] // Ocelot 200
    [InlineData("/post", null, "404")] // the upgrade is a GET; Ocelot 200
    [InlineData("/blocked", null, "403")]
    [InlineData("/down", null, "502")] // Ocelot 500
    [InlineData("/claims", null, "403")] // Ocelot 101
    [InlineData("/token", null, "401")] // Ocelot 101
    [InlineData("/token", "{}", "101 /d")]
    [InlineData("/agg", null, "101 /d/first")]
    public async Task Upgrades_or_says_why_not(string target, string? claims, string expected) =>
        Assert.Equal(expected, await UpgradeAsync(target, claims is null ? null : setup.Issuer.Jwt()));

    [Fact]
    public async Task Counts_against_the_limit() // Ocelot 101 101
    {
        Assert.Equal("101 /d", await UpgradeAsync("/limited", null));
        Assert.Equal("429", await UpgradeAsync("/limited", null));
    }

    [Theory]
    [InlineData("/ws/room", "GET /d/room")] // a plain request on a route of the scheme ws: SignalR's negotiation
    [InlineData("POST /ws/room/negotiate | = {}", "POST /d/room/negotiate")]
    public async Task Serves_plain_requests_too(string row, string expected) => Assert.Equal(expected, await setup.SeenAsync(row));

    /// <returns>The status, and the path that the service closed with.</returns>
    private async Task<string> UpgradeAsync(string target, string? token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{setup.Gateway.Port}{target}"), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            return $"{(int)socket.HttpStatusCode}";
        }
        await socket.ReceiveAsync(new byte[100].AsMemory(), TestContext.Current.CancellationToken);
        return $"101 {socket.CloseStatusDescription}";
    }

    public sealed class Setup : ContractSetup
    {
        protected override string More => """ "Aggregates": [ { "UpstreamPathTemplate": "/agg", "RouteKeys": [ "first", "second" ] } ], """;

        protected override IEnumerable<string> Routes =>
        [
            Ws(Route("/ws/{room}", "/d/{room}")),
            Route("/http/{room}", "/d/{room}"),
            Ws(Route("/post", "/d", """ "UpstreamHttpMethod": [ "Post" ] """)),
            Ws(Route("/blocked", "/d", """ "SecurityOptions": { "IPBlockedList": [ "127.0.0.1" ] } """)),
            Ws(Route("/down", "/d")).Replace("SERVICE", """{ "Host": "127.0.0.1", "Port": 1 }""", StringComparison.Ordinal),
            Ws(Route("/claims", "/d", """ "RouteClaimsRequirement": { "role": "x" } """)),
            Ws(Route("/token", "/d", AuthenticatedRequests.ByBearer)),
            Ws(Route("/limited", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h" } """)),
            Ws(Route("/first", "/d/first", """ "Key": "first" """)),
            Ws(Route("/second", "/d/second", """ "Key": "second" """)),
        ];

        private protected override IEnumerable<(string Key, string Value)> SettingsOf(TokenIssuer issuer) => Schemes.Jwt(issuer);

        private static string Ws(string route) => route.Replace("\"http\"", "\"ws\"", StringComparison.Ordinal);
    }
}
