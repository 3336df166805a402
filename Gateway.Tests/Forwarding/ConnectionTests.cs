using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>Which connections a request may take, and what becomes of them.</summary>
public abstract class ConnectionTests(Lane lane) : LaneTests(lane)
{
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task Keeps_to_the_connections_that_a_route_may_have()
    {
        var (now, most) = (0, 0);
        var go = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(async http =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await go.Task;
            Interlocked.Decrement(ref now);
        });
        await using var gateway = await StartAsync(service, "/a", "/d", """ "HttpHandlerOptions": { "MaxConnectionsPerServer": 2 } """);

        var answers = Enumerable.Range(0, 8).Select(_ => gateway.GetAsync("/a")).ToArray();
        await Eventually.TrueAsync(() => Volatile.Read(ref now) == 2, "two requests are at the service");
        go.SetResult();
        await Task.WhenAll(answers);

        Assert.Equal(2, most);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Result.StatusCode));
    }

    [Fact]
    public async Task A_client_that_leaves_gives_its_place_to_the_next()
    {
        var never = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(http => http.Request.Query.ContainsKey("wait") ? never.Task.WaitAsync(http.RequestAborted) : Task.CompletedTask);
        await using var gateway = await StartAsync(service, "/a", "/d", """ "HttpHandlerOptions": { "MaxConnectionsPerServer": 1 } """);

        for (var i = 0; i < 3; i++)
        {
            using var leaving = new CancellationTokenSource();
            var waiting = gateway.Client.GetAsync("/a?wait", leaving.Token);
            await Eventually.TrueAsync(() => service.Seen.Count == (2 * i) + 1, "the request waits at the service");
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            using var next = await gateway.GetAsync("/a");
            Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(""" "HttpHandlerOptions": { "PooledConnectionLifetimeSeconds": 0 } """, 3)]
    public async Task Uses_a_connection_again_while_it_may_live(string options, int connections)
    {
        await using var service = await CountingService.StartAsync(Whole);
        await using var gateway = await StartAsync(service.Port, "/a", "/d", options);

        for (var i = 0; i < 3; i++) Assert.Equal("ok", await gateway.Client.GetStringAsync("/a", Stopping));

        Assert.Equal(connections, service.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-A, Close\r\n\r\nok")]
    public async Task Uses_no_connection_again_whose_service_says_it_closes(string answer)
    {
        await using var service = await CountingService.StartAsync(answer);
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        for (var i = 0; i < 3; i++) Assert.Equal("ok", await gateway.Client.GetStringAsync("/a", Stopping));

        Assert.Equal(3, service.Connections);
    }

    [Fact]
    public async Task A_second_answer_that_nobody_asked_for_reaches_nobody()
    {
        await using var service = await CountingService.StartAsync(Whole + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        await using var gateway = await StartAsync(service.Port, "/a", "/d");

        for (var i = 0; i < 5; i++) Assert.Equal("ok", await gateway.Client.GetStringAsync("/a", Stopping));
    }

    [Theory]
    [InlineData("GET", 200)]
    [InlineData("HEAD", 200)]
    [InlineData("POST", 502)]
    public async Task A_connection_that_closes_as_it_is_used_again_costs_only_what_may_not_be_done_twice(string method, int status)
    {
        // Sends one answer on each connection, then closes it when the next request comes.
        await using var service = RawService.Start(async connection =>
        {
            await connection.SendAsync(connection.Head.StartsWith("HEAD", StringComparison.Ordinal) ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" : Whole);
            await connection.ReadHeadAsync();
        });
        await using var gateway = await StartAsync(service.Port, "/a", "/d");
        var request = () => new HttpRequestMessage(new HttpMethod(method), "/a") { Content = method == "POST" ? new StringContent("once") : null };

        Assert.Equal("ok", await gateway.Client.GetStringAsync("/a", Stopping));
        using var answer = await gateway.SendAsync(request());

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    public sealed class OverTheFastLane() : ConnectionTests(Lane.Fast);

    public sealed class OverThePlatform() : ConnectionTests(Lane.Platform);

    /// <summary>Gives each request of a connection the same answer, and counts the connections.</summary>
    private sealed class CountingService : IAsyncDisposable
    {
        private RawService _service = null!;
        private int _connections;

        public int Port => _service.Port;

        public int Connections => Volatile.Read(ref _connections);

        public static Task<CountingService> StartAsync(string answer)
        {
            var counting = new CountingService();
            counting._service = RawService.Start(async connection =>
            {
                Interlocked.Increment(ref counting._connections);
                do await connection.SendAsync(answer);
                while (await connection.ReadHeadAsync() is not null);
            });
            return Task.FromResult(counting);
        }

        public ValueTask DisposeAsync() => _service.DisposeAsync();
    }
}
