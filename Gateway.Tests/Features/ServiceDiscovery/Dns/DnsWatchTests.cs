using Gateway.Features.ServiceDiscovery.Dns;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Gateway.Tests.Support.DnsStub.Record;

namespace Gateway.Tests.Features.ServiceDiscovery.Dns;

public sealed class DnsWatchTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly DnsStub _dns = new();
    private readonly ServiceProvider _services;

    public DnsWatchTests() => _services = RouteCompilation.Services(_time);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _dns.DisposeAsync();
    }

    [Fact]
    public async Task Lists_the_addresses_of_a_name_in_their_own_order()
    {
        _dns.Set("cart.test", Address("10.0.0.2"), Address("fd00::1"), Address("10.0.0.1"));

        Assert.Equal(["10.0.0.1:8080", "10.0.0.2:8080", "[fd00::1]:8080"], await FirstListAsync("cart.test:8080"));
    }

    [Fact]
    public async Task Lists_the_targets_of_SRV_records_with_their_ports()
    {
        _dns.Set("_http._tcp.cart.test", Service("a.test", 1), Service("b.test", 2));
        _dns.Set("a.test", Address("10.0.0.1"));
        _dns.Set("b.test", Address("10.0.0.2"), Address("10.0.0.3"));

        Assert.Equal(["10.0.0.1:1", "10.0.0.2:2", "10.0.0.3:2"], await FirstListAsync("_http._tcp.cart.test"));
    }

    [Fact]
    public async Task Asks_for_no_target_whose_address_came_with_the_answer()
    {
        _dns.Set("_http._tcp.cart.test", Service("a.test", 1), Address("10.0.0.1", owner: "a.test"));

        Assert.Equal(["10.0.0.1:1"], await FirstListAsync("_http._tcp.cart.test"));
        Assert.Equal(["33 _http._tcp.cart.test"], _dns.Seen);
    }

    [Fact]
    public async Task Uses_the_targets_of_the_best_priority_only()
    {
        _dns.Set("_http._tcp.cart.test", Service("a.test", 1, priority: 20), Service("b.test", 2, priority: 10),
            Service("c.test", 3, priority: 10));
        foreach (var name in (string[])["a.test", "b.test", "c.test"]) _dns.Set(name, Address("10.0.0.1"));

        Assert.Equal(["10.0.0.1:2", "10.0.0.1:3"], await FirstListAsync("_http._tcp.cart.test"));
    }

    [Fact]
    public async Task Knows_the_SRV_record_that_says_there_is_no_service()
    {
        _dns.Set("_http._tcp.cart.test", Service(".", 0));

        Assert.Empty(await FirstListAsync("_http._tcp.cart.test"));
    }

    [Fact]
    public async Task Takes_a_name_that_does_not_exist_for_a_service_without_instances()
    {
        Assert.Empty(await FirstListAsync("cart.test:80"));
    }

    [Fact]
    public async Task Keeps_the_last_list_when_the_server_fails()
    {
        _dns.Set("cart.test", Address("10.0.0.1", timeToLive: 5));
        using var watch = Watch("cart.test:80");
        await UntilAsync(watch, "10.0.0.1:80");

        _dns.Code = 2;
        await AdvanceUntilAsync(() => watch.Source.State.Error is not null);

        Assert.Contains("The name server answered", watch.Source.State.Error, StringComparison.Ordinal);
        Assert.Single(watch.Source.Current);
    }

    [Fact]
    public async Task Asks_again_when_the_time_to_live_is_over_and_not_before()
    {
        _dns.Set("cart.test", Address("10.0.0.1", timeToLive: 9), Address("10.0.0.2", timeToLive: 5));
        using var watch = Watch("cart.test:80");
        await UntilAsync(watch, "10.0.0.1:80", "10.0.0.2:80");

        _dns.Set("cart.test", Address("10.0.0.3", timeToLive: 5));
        var passed = await AdvanceUntilAsync(() => watch.Source.Current.Count == 1);

        Assert.True(passed >= TimeSpan.FromSeconds(5), $"asked again after {passed}");
    }

    [Theory]
    [InlineData(0, null, 1)]
    [InlineData(10, null, 10)]
    [InlineData(3600, null, 30)]
    [InlineData(3600, 2, 2)]
    public void Believes_records_for_a_bounded_time(int timeToLive, int? interval, int pause) => Assert.Equal(
        TimeSpan.FromSeconds(pause),
        DnsWatch.Pause(TimeSpan.FromSeconds(timeToLive), interval is { } seconds ? TimeSpan.FromSeconds(seconds) : null));

    [Theory]
    [InlineData("cart.test", "names none")]
    [InlineData("cart.test:0", "names none")]
    [InlineData("cart.test:65536", "names none")]
    [InlineData("cart.test:http", "names none")]
    [InlineData("_http._tcp.cart.test:80", "ports of its own")]
    [InlineData("cart test:80", "a name in DNS")]
    [InlineData("10.0.0.1:80", "a name in DNS")]
    [InlineData("cart..test:80", "a name in DNS")]
    public void Refuses_what_no_record_can_answer(string service, string message)
    {
        using var compiled = Compile(service);

        var problem = Assert.Single(compiled.Errors);
        Assert.Equal("Routes[0].ServiceName", problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private async Task<string[]> FirstListAsync(string service)
    {
        using var watch = Watch(service);
        await watch.Source.FirstList.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        return [.. watch.Source.Current.Select(d => d.Authority)];
    }

    private RouteCompilation Watch(string service)
    {
        var compiled = Compile(service);
        Assert.Empty(compiled.Problems);
        compiled.Source.Start();
        return compiled;
    }

    private RouteCompilation Compile(string service) => RouteCompilation.Compile(_services, $$"""
        {
          "Routes": [ { "ServiceName": "{{service}}" } ],
          "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Type": "Dns", "Host": "127.0.0.1", "Port": {{_dns.Port}} } }
        }
        """);

    private static Task UntilAsync(RouteCompilation watch, params string[] authorities) =>
        Eventually.TrueAsync(() => watch.Source.Current.Select(d => d.Authority).SequenceEqual(authorities),
            string.Join(", ", authorities));

    private async Task<TimeSpan> AdvanceUntilAsync(Func<bool> condition)
    {
        var passed = TimeSpan.Zero;
        await Eventually.TrueAsync(() =>
        {
            if (condition()) return true;
            _time.Advance(TimeSpan.FromMilliseconds(100));
            passed += TimeSpan.FromMilliseconds(100);
            return false;
        }, "what time should have brought");
        return passed;
    }
}
