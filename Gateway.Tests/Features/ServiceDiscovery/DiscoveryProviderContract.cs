using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery;

/// <summary>What every provider must keep, shown with the real registry that a derived class starts.</summary>
public abstract class DiscoveryProviderContract : IAsyncLifetime
{
    private readonly ServiceProvider _services = RouteCompilation.Services();

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Gives_an_empty_first_list_where_there_is_no_instance()
    {
        using var watch = Watch();

        await FirstListAsync(watch);

        Assert.Empty(watch.Source.Current);
        Assert.Null(watch.Source.State.Error);
    }

    [Fact]
    public async Task Follows_instances_that_come_and_go()
    {
        await RegisterAsync("c1", 5001);
        using var watch = Watch();

        await UntilAsync(watch, 5001);
        await RegisterAsync("c2", 5002);
        await UntilAsync(watch, 5001, 5002);
        await DeregisterAsync("c1");
        await UntilAsync(watch, 5002);
        await DeregisterAsync("c2");
        await UntilAsync(watch);
    }

    [Fact]
    public async Task Keeps_the_object_of_an_instance_that_stays()
    {
        await RegisterAsync("c1", 5001);
        await RegisterAsync("c2", 5002);
        using var watch = Watch();
        await UntilAsync(watch, 5001, 5002);
        var stays = watch.Source.Current.Single(d => d.Port == 5002);

        await DeregisterAsync("c1");
        await UntilAsync(watch, 5002);

        Assert.Same(stays, watch.Source.Current[0]);
    }

    [Fact]
    public async Task Keeps_the_last_list_while_the_registry_is_away_and_follows_it_again_when_it_is_back()
    {
        await RegisterAsync("c1", 5001);
        await RegisterAsync("c2", 5002);
        using var watch = Watch();
        await UntilAsync(watch, 5001, 5002);

        await KillAsync();
        await Eventually.TrueAsync(() => watch.Source.State.Error is not null, "the registry's absence");
        Assert.Equal(2, watch.Source.Current.Count);
        Assert.True(watch.Source.State.StaleFor > TimeSpan.Zero);

        await StartAgainAsync();
        await RegisterAsync("c3", 5003);
        await UntilAsync(watch, 5003);
        Assert.Null(watch.Source.State.Error);
        Assert.Equal(TimeSpan.Zero, watch.Source.State.StaleFor);
    }

    [Fact]
    public async Task Gives_its_first_list_late_where_the_registry_was_away_at_first()
    {
        await KillAsync();
        using var watch = Watch();
        await Eventually.TrueAsync(() => watch.Source.State.Error is not null, "the registry's absence");
        Assert.False(watch.Source.FirstList.IsCompleted);

        await StartAgainAsync();
        await RegisterAsync("c1", 5001);

        await UntilAsync(watch, 5001);
        Assert.True(watch.Source.FirstList.IsCompleted);
    }

    [Fact]
    public async Task Goes_on_with_the_same_watch_after_a_reload_and_ends_it_when_no_route_needs_it()
    {
        var resources = _services.GetRequiredService<Gateway.Pipeline.SharedResources>();
        var before = Watch();
        await FirstListAsync(before);

        var after = Watch();
        Assert.Same(before.Source, after.Source);
        before.Dispose();
        await RegisterAsync("c1", 5001);
        await UntilAsync(after, 5001);

        after.Dispose();
        Assert.Equal(0, resources.Count);
    }

    /// <summary><c>ServiceName</c> of the service that the other members register.</summary>
    protected abstract string ServiceName { get; }

    /// <summary>Members of <c>ServiceDiscoveryProvider</c>.</summary>
    protected abstract string Provider { get; }

    /// <summary>Starts the registry, or skips the test where there is none.</summary>
    protected abstract Task StartAsync();

    protected abstract ValueTask StopAsync();

    protected abstract Task RegisterAsync(string id, int port);

    protected abstract Task DeregisterAsync(string id);

    /// <summary>Ends the registry; what was registered may be forgotten.</summary>
    protected abstract Task KillAsync();

    protected abstract Task StartAgainAsync();

    private RouteCompilation Watch()
    {
        var compiled = RouteCompilation.Compile(_services, $$"""
            {
              "Routes": [ { "ServiceName": "{{ServiceName}}" } ],
              "GlobalConfiguration": { "ServiceDiscoveryProvider": { {{Provider}} } }
            }
            """);
        Assert.Empty(compiled.Problems);
        compiled.Source.Start();
        return compiled;
    }

    private static Task FirstListAsync(RouteCompilation watch) =>
        watch.Source.FirstList.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

    private static Task UntilAsync(RouteCompilation watch, params int[] ports) => Eventually.TrueAsync(
        () => watch.Source.FirstList.IsCompleted && watch.Source.Current.Select(d => d.Port).Order().SequenceEqual(ports),
        string.Join(", ", ports));
}
