using System.Net;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>Each failure has one status and one problem+json body (contract 04 §4.4, 00).</summary>
public abstract class FailureTests(Lane lane) : LaneTests(lane)
{
    [Fact]
    public async Task A_path_without_a_route_is_a_404_with_a_problem_body()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        using var answer = await gateway.GetAsync("/nope?secret=1");

        var problem = await ProblemAsync(answer, 404, "no_route");
        Assert.Equal("/nope", problem.GetProperty("instance").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("requestId").GetString()));
    }

    [Fact]
    public async Task A_head_refusal_has_no_body()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");

        var answer = await RawClient.ExchangeAsync(gateway.Port, "HEAD /nope HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_a_502()
    {
        var gone = await StubService.StartAsync();
        await gone.DisposeAsync();
        await using var gateway = await StartAsync(gone, "/a", "/d");

        using var answer = await gateway.GetAsync("/a");

        await ProblemAsync(answer, 502, "connection_failed");
    }

    [Theory]
    [InlineData("", "", 503)]
    [InlineData("", "\"StrictStatusCodes\": true", 504)]
    public async Task A_service_that_does_not_answer_in_time_is_a_503_or_strictly_a_504(string route, string global, int status)
    {
        var never = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(http => never.Task.WaitAsync(http.RequestAborted));
        await using var gateway = await StartAsync(service, "/a", "/d", $"\"Timeout\": 1 {route}", global);

        using var answer = await gateway.GetAsync("/a");

        await ProblemAsync(answer, status, "timed_out");
        never.SetResult();
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_the_downstream_request()
    {
        var cancelled = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(async http =>
        {
            http.RequestAborted.Register(cancelled.SetResult);
            await cancelled.Task;
        });
        await using var gateway = await StartAsync(service, "/a", "/d");
        using var leaving = new CancellationTokenSource();

        var sending = gateway.Client.GetAsync("/a", leaving.Token);
        await Eventually.TrueAsync(() => service.Seen.Count == 1, "the service sees the request");
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await cancelled.Task.WaitAsync(Stopping);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_elsewhere_whatever_the_method()
    {
        var gone = await StubService.StartAsync();
        await gone.DisposeAsync();
        await using var alive = await StubService.StartAsync();
        await using var gateway = await StartAsync(gone, "/a", "/d", $$"""
            "LoadBalancerOptions": { "Type": "RoundRobin" },
            "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{gone.Port}} }, { "Host": "127.0.0.1", "Port": {{alive.Port}} } ]
            """.Trim());

        for (var i = 0; i < 4; i++)
        {
            using var answer = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/a") { Content = new StringContent("once") });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(4, alive.Seen.Count);
        Assert.All(alive.Seen, seen => Assert.Equal("once", seen.Text));
    }

    [Theory]
    [InlineData("GET", 200)]
    [InlineData("HEAD", 200)]
    [InlineData("POST", 502)]
    [InlineData("DELETE", 502)]
    public async Task Only_a_get_or_head_whose_connection_broke_is_tried_once_more_elsewhere(string method, int status)
    {
        await using var breaking = RawService.Start(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        await using var alive = await StubService.StartAsync();
        await using var gateway = await StartAsync(alive, "/a", "/d", $$"""
            "LoadBalancerOptions": { "Type": "NoLoadBalancer" },
            "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{breaking.Port}} }, { "Host": "127.0.0.1", "Port": {{alive.Port}} } ]
            """.Trim());

        using var answer = await gateway.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/a"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, alive.Seen.Count);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stopping)).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public sealed class OverTheFastLane() : FailureTests(Lane.Fast);

    public sealed class OverThePlatform() : FailureTests(Lane.Platform);
}
