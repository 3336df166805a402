using System.Diagnostics;
using System.Globalization;
using Gateway.Features.ServiceDiscovery.Consul;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.ServiceDiscovery.Consul;

/// <summary>Against a stub that answers as Consul might: what a healthy agent never does.</summary>
public sealed class ConsulWatchTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StubService _consul = null!;

    public async ValueTask InitializeAsync() => _consul = await StubService.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _held.TrySetResult();
        await _consul.DisposeAsync();
    }

    [Fact]
    public async Task Asks_at_once_and_then_waits_for_what_is_newer()
    {
        _consul.Answer = http => AnswerAsync(http, "[]", index: 7, hold: http.Request.Query.ContainsKey("index"));
        using var services = RouteCompilation.Services(_time);
        using var watch = Watch(services, """, "Datacenter": "d 1", "Tags": [ "a&b", "c" ], "Near": "_agent", "Namespace": "n" """);

        await Eventually.TrueAsync(() => _consul.Seen.Count == 2, "the second question");

        const string First = "/v1/health/service/cart%2Fx?passing=1&dc=d%201&ns=n&near=_agent&tag=a%26b&tag=c";
        Assert.Equal([First, First + "&index=7&wait=30s"], _consul.Seen.Select(s => s.Target));
    }

    [Fact]
    public async Task Swaps_the_list_within_a_tenth_of_a_second_of_the_answer()
    {
        var answered = 0L;
        using var turns = new SemaphoreSlim(0);
        _consul.Answer = async http =>
        {
            var index = int.TryParse(http.Request.Query["index"], CultureInfo.InvariantCulture, out var known) ? known : 0;
            if (index > 0) await turns.WaitAsync(http.RequestAborted);
            Volatile.Write(ref answered, Stopwatch.GetTimestamp());
            await AnswerAsync(http, Entry("10.0.0.1", 8000 + index), index + 1);
        };
        using var services = RouteCompilation.Services();
        using var watch = Watch(services);
        await Eventually.TrueAsync(() => watch.Source.Current.Count == 1, "the first list");

        // The best of some, since the machine may be busy with other things for once.
        var best = TimeSpan.MaxValue;
        for (var port = 8001; port <= 8010; port++)
        {
            turns.Release();
            await Eventually.TrueAsync(() => watch.Source.Current[0].Port == port, "the new list");
            var took = Stopwatch.GetElapsedTime(Volatile.Read(ref answered));
            if (took < best) best = took;
        }

        Assert.InRange(best.TotalMilliseconds, 0, 100);
    }

    [Theory]
    [InlineData("10.0.0.9", "10.0.0.1", "n1", 80, "10.0.0.9:80")]
    [InlineData("", "10.0.0.1", "n1", 80, "10.0.0.1:80")]
    [InlineData("::1", "10.0.0.1", "n1", 80, "[::1]:80")]
    [InlineData("cart.local", "10.0.0.1", "n1", 80, "cart.local:80")]
    [InlineData("http://10.0.0.9", "10.0.0.1", "n1", 80, null)]
    [InlineData("10.0.0.9", "10.0.0.1", "n1", 0, null)]
    [InlineData("10.0.0.9", "10.0.0.1", "n1", 65536, null)]
    [InlineData("", "", "n1", 80, null)]
    public async Task Reads_an_instances_address_as_Consul_means_it(string service, string node, string name, int port, string? expected)
    {
        await ListsAsync(Entry(service, port, node, name), "", expected);
    }

    [Theory]
    [InlineData("n1", "n1:80")]
    [InlineData("", null)]
    public async Task Reads_the_nodes_name_where_that_is_asked_for(string name, string? expected) =>
        await ListsAsync(Entry("10.0.0.9", 80, "10.0.0.1", name), """, "UseNodeName": true """, expected);

    [Theory]
    [InlineData("""[ { } ]""")]
    [InlineData("""[ { "Node": { "Node": "n" } } ]""")]
    [InlineData("""[ { "Service": { "ID": "s" } } ]""")]
    [InlineData("null")]
    public async Task Takes_an_entry_without_its_parts_for_no_instance(string body) => await ListsAsync(body, "", null);

    [Theory]
    [InlineData(500, "No cluster leader", "Consul answered 500: No cluster leader")]
    [InlineData(403, "ACL not found", "Consul answered 403: ACL not found")]
    [InlineData(200, "<html>", "isn't its own")]
    [InlineData(200, """{ "a": 1 }""", "isn't its own")]
    public async Task Tells_what_went_wrong(int status, string body, string error)
    {
        _consul.Answer = http => AnswerAsync(http, body, index: 1, status: status);
        using var services = RouteCompilation.Services();
        using var watch = Watch(services);

        await Eventually.TrueAsync(() => watch.Source.State.Error is not null, "the failure");

        Assert.Contains(error, watch.Source.State.Error, StringComparison.Ordinal);
        Assert.False(watch.Source.FirstList.IsCompleted);
    }

    [Fact]
    public async Task Does_not_believe_a_list_that_was_filtered_by_permissions()
    {
        var filtered = false;
        _consul.Answer = async http =>
        {
            if (http.Request.Query.ContainsKey("index"))
            {
                await _held.Task;
                http.Response.Headers["X-Consul-Results-Filtered-By-ACLs"] = "true";
                filtered = true;
            }
            await AnswerAsync(http, filtered ? "[]" : Entry("10.0.0.1", 80), index: 1);
        };
        using var services = RouteCompilation.Services();
        using var watch = Watch(services);
        await Eventually.TrueAsync(() => _consul.Seen.Count == 2, "the second question");

        _held.SetResult();
        await Eventually.TrueAsync(() => watch.Source.State.Error is not null, "the failure");

        Assert.Contains("the token may not read", watch.Source.State.Error, StringComparison.Ordinal);
        Assert.Single(watch.Source.Current);
    }

    [Theory]
    [InlineData("", 1000)]
    [InlineData(""", "Type": "PollConsul", "PollingInterval": 250 """, 250)]
    public async Task Pauses_where_something_answers_without_waiting(string options, int pause)
    {
        _consul.Answer = http => AnswerAsync(http, "[]", index: 7);
        using var services = RouteCompilation.Services(_time);
        using var watch = Watch(services, options);
        await Eventually.TrueAsync(() => _consul.Seen.Count == 2, "the second question");

        for (var questions = 3; questions < 6; questions++)
        {
            var passed = 0;
            await Eventually.TrueAsync(() =>
            {
                if (_consul.Seen.Count >= questions) return true;
                _time.Advance(TimeSpan.FromMilliseconds(10));
                passed += 10;
                return false;
            }, "the next question");
            Assert.True(passed >= pause - 10, $"asked again after {passed} ms");
        }
    }

    [Fact]
    public async Task Gives_up_a_question_that_is_overdue()
    {
        _consul.Answer = _ => _held.Task;
        using var services = RouteCompilation.Services(_time);
        using var watch = Watch(services);
        await Eventually.TrueAsync(() => _consul.Seen.Count == 1, "the question");

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Null(watch.Source.State.Error);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await Eventually.TrueAsync(() => watch.Source.State.Error is not null, "the time-out");

        Assert.Contains("gave no answer in 5 s", watch.Source.State.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 7, 7)]
    [InlineData(7, 7, 7)]
    [InlineData(7, 9, 9)]
    [InlineData(9, 7, 0)] // Consul's state was restored: begin again
    [InlineData(7, 0, 0)]
    [InlineData(0, 0, 1)] // never 0 twice, which would not wait
    public void Follows_Consuls_rules_for_the_index(long last, long answered, long next) =>
        Assert.Equal(next, ConsulIndex.Next(last, answered));

    [Fact]
    public async Task Shows_token_and_credentials_and_keeps_them_out_of_its_state()
    {
        _consul.Answer = http => AnswerAsync(http, "[]", index: 7, status: 500);
        using var services = RouteCompilation.Services(environment: ("CONSUL_HTTP_AUTH", "user:pass"));
        using var watch = Watch(services, """, "Token": "secret" """);
        await Eventually.TrueAsync(() => watch.Source.State.Error is not null, "the failure");

        Assert.Equal("secret", _consul.Seen[0]["X-Consul-Token"]);
        Assert.Equal("Basic dXNlcjpwYXNz", _consul.Seen[0]["Authorization"]);
        Assert.DoesNotContain("secret", watch.Source.State.ToString(), StringComparison.Ordinal);
    }

    private async Task ListsAsync(string body, string options, string? expected)
    {
        _consul.Answer = http => AnswerAsync(http, body, index: 1, hold: http.Request.Query.ContainsKey("index"));
        using var services = RouteCompilation.Services();
        using var watch = Watch(services, options);

        await watch.Source.FirstList.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

        Assert.Equal(expected is null ? [] : [expected], watch.Source.Current.Select(d => d.Authority));
    }

    private RouteCompilation Watch(ServiceProvider services, string options = "")
    {
        var compiled = RouteCompilation.Compile(services, $$"""
            {
              "Routes": [ { "ServiceName": "cart/x" } ],
              "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Host": "127.0.0.1", "Port": {{_consul.Port}} {{options}} } }
            }
            """);
        Assert.Empty(compiled.Problems);
        compiled.Source.Start();
        return compiled;
    }

    private async Task AnswerAsync(HttpContext http, string body, int index, bool hold = false, int status = 200)
    {
        if (hold) await _held.Task;
        http.Response.StatusCode = status;
        http.Response.Headers["X-Consul-Index"] = $"{index}";
        await http.Response.WriteAsync(body);
    }

    private static string Entry(string address, int port, string node = "10.0.0.1", string name = "n1") =>
        $$"""
        [ {
          "Node": { "Node": "{{name}}", "Address": "{{node}}" },
          "Service": { "ID": "s", "Service": "cart", "Address": "{{address}}", "Port": {{port}}, "Tags": null }
        } ]
        """;
}
