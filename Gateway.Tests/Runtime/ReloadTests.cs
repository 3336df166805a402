using System.Net;
using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Runtime;

/// <summary>A configuration change takes effect whole or not at all, and loses no request (contract 00, Reload).</summary>
public sealed class ReloadTests
{
    private const string Broken = """{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTmplate": "/d" } ] }""";

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_change_is_in_effect_at_once()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");

        var problems = await gateway.ReloadAsync(OneRoute(service, "/b"));

        Assert.Empty(problems);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync("/a")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/b")).StatusCode);
    }

    [Theory]
    [InlineData(Broken, "ocelot.json:1:47")]
    [InlineData("{ \"Routes\": [", "ocelot.json:1:14")]
    public async Task A_broken_change_leaves_the_running_configuration_and_shows_the_place_in_health(string broken, string place)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");

        var problems = await gateway.ReloadAsync(broken);

        Assert.Contains(problems, p => p.Severity == Severity.Error);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/a")).StatusCode);
        var health = await gateway.Management.GetStringAsync("/health/ready", Stopping);
        Assert.Contains("degraded", health, StringComparison.Ordinal);
        Assert.Contains(place, health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_under_way_ends_on_the_configuration_it_began_with_which_is_disposed_then()
    {
        var answer = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(http => answer.Task);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        var old = gateway.Holder.Current!;

        var asking = gateway.GetAsync("/a");
        await Eventually.TrueAsync(() => service.Seen.Count == 1, "the service sees the request");
        await gateway.ReloadAsync(OneRoute(service, "/b"));
        var disposedEarly = old.Disposed.IsCompleted;
        answer.SetResult();
        using var answered = await asking;
        await old.Disposed.WaitAsync(Stopping);

        Assert.False(disposedEarly);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task A_thousand_reloads_a_third_of_them_broken_fail_no_request_and_leave_nothing_behind()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        var requests = Enumerable.Range(0, 4).Select(_ => AskUntilAsync(gateway, enough.Token)).ToArray();
        var rented = gateway.Services.GetRequiredService<SharedResources>().Count;

        var first = gateway.Holder.Current!;
        for (var i = 0; i < 1000; i++)
        {
            var problems = await gateway.ReloadAsync(i % 3 == 0 ? Broken : OneRoute(service, "/a", $"\"Priority\": {i}"));
            Assert.Equal(i % 3 == 0, problems.Any(p => p.Severity == Severity.Error));
        }
        await enough.CancelAsync();
        var counts = await Task.WhenAll(requests);

        Assert.All(counts, count => Assert.True(count > 0));
        Assert.True(first.Disposed.IsCompleted);
        Assert.Equal(rented, gateway.Services.GetRequiredService<SharedResources>().Count);
        Assert.Equal(667, gateway.Reloader.State.Version);
    }

    private static async Task<int> AskUntilAsync(TestGateway gateway, CancellationToken enough)
    {
        var count = 0;
        for (; !enough.IsCancellationRequested; count++)
        {
            using var answer = await gateway.GetAsync("/a");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        return count;
    }

    private static string OneRoute(StubService service, string upstream, string more = "") =>
        $$"""{ "Routes": [ {{TestGateway.Route(service.Port, upstream, "/d", more)}} ] }""";
}
