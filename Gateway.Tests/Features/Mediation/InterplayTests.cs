using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Mediation beside what else a route has: caching, aggregates, events.</summary>
public sealed class InterplayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Caches_the_mediated_answer_for_each_value_that_the_plan_reads()
    {
        await using var service = await StubService.StartAsync(200, """{"a_b":1}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a",
            """ "CacheOptions": { "TtlSeconds": 60 }, "Mediation": { "Response": [ { "When": { "Header": { "X-Client-Version": "<3" } }, "Steps": [ { "Case": "camel" } ] }, { "Steps": [ { "Wrap": "data" } ] } ] } """);

        foreach (var _ in (int[])[1, 2])
        {
            Assert.Equal("""{"aB":1}""", await GetAsync(gateway, "/a", "2.9"));
            Assert.Equal("""{"data":{"a_b":1}}""", await GetAsync(gateway, "/a", "3"));
        }

        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Mediates_each_member_of_an_aggregate()
    {
        await using var service = await StubService.StartAsync(200, """{"order_id":1,"secret":2}""");
        await using var gateway = await TestGateway.StartAsync($$"""
            {
              "Routes": [
                {{TestGateway.Route(service.Port, "/one", "/one", """ "Key": "one", "Mediation": { "Response": { "Steps": [ { "Remove": [ "secret" ] } ] } } """)}},
                {{TestGateway.Route(service.Port, "/two", "/two", """ "Key": "two" """)}} ],
              "Aggregates": [ { "UpstreamPathTemplate": "/both", "RouteKeys": [ "one", "two" ] } ]
            }
            """);

        Assert.Equal("""{"one":{"order_id":1},"two":{"order_id":1,"secret":2}}""", await gateway.Client.GetStringAsync("/both", Cancellation));
    }

    [Fact]
    public async Task Leaves_events_as_they_are_where_nothing_is_hidden()
    {
        await using var service = await StubService.StartAsync(200, "data: {\"a_b\":1}\n\n", "text/event-stream");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Response": { "Steps": [ { "Case": "camel" } ] } } """);

        Assert.Equal("data: {\"a_b\":1}\n\n", await gateway.Client.GetStringAsync("/a", Cancellation));
    }

    [Fact]
    public async Task Refuses_another_type_where_errors_hide_something()
    {
        await using var service = await StubService.StartAsync(200, "<p>stack</p>", "text/html");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Errors": { "If": "ok == `false`", "Hide": [ "stack" ] } } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(System.Net.HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.DoesNotContain("stack", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<string> GetAsync(TestGateway gateway, string target, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target) { Headers = { { "X-Client-Version", version } } };
        using var answer = await gateway.SendAsync(request);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
