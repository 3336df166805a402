using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 00 Reload: a change of nothing but an entry of a list takes effect.</summary>
public sealed class ListReloadTests
{
    [Fact]
    public async Task A_client_that_joins_the_whitelist_is_free_at_once()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Json(service, "one"));
        await AskAsync(gateway);
        using var over = await AskAsync(gateway);

        await gateway.ReloadAsync(Json(service, "two"));
        using var free = await AskAsync(gateway);
        await gateway.ReloadAsync(Json(service, "one"));
        await AskAsync(gateway);
        using var again = await AskAsync(gateway);

        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, again.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.2", HttpStatusCode.OK)]
    public async Task A_list_of_addresses_counts_as_it_stands(string blocked, HttpStatusCode expected)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", Blocked("127.0.0.3"));

        await gateway.ReloadAsync($"{{ \"Routes\": [ {TestGateway.Route(service.Port, "/a", "/d", Blocked(blocked))} ] }}");
        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(expected, answer.StatusCode);
    }

    private static string Blocked(string address) => $$""" "SecurityOptions": { "IPBlockedList": [ "{{address}}" ] } """;

    private static string Json(StubService service, string whitelisted) => $$"""
        { "Routes": [ {{TestGateway.Route(service.Port, "/a", "/d", $$""" "RateLimitOptions": { "Limit": 1, "Period": "1h", "ClientWhitelist": [ "{{whitelisted}}" ] } """)}} ] }
        """;

    private static Task<HttpResponseMessage> AskAsync(TestGateway gateway)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add("Oc-Client", "two");
        return gateway.SendAsync(request);
    }
}
