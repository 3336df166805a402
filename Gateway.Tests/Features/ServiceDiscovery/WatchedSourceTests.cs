using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;
using Gateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.ServiceDiscovery;

public sealed class WatchedSourceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedRegistry _registry = new();
    private readonly WatchedSource _source;

    public WatchedSourceTests()
    {
        var watch = new ServiceWatch("", _registry.ListsAsync);
        _source = new WatchedSource(new DiscoveredService("cart", null), "Paper", watch, _time, NullLogger.Instance);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task Has_no_instances_before_the_first_list()
    {
        Assert.Empty(_source.Current);
        Assert.False(_source.FirstList.IsCompleted);

        _source.Start();
        _registry.Say("a");
        await _source.FirstList;

        Assert.Equal(["a:80"], Hosts());
    }

    [Fact]
    public async Task Takes_an_empty_first_list_for_a_list()
    {
        _source.Start();

        _registry.Say();

        await _source.FirstList;
        Assert.Empty(_source.Current);
        Assert.Null(_source.State.Error);
    }

    [Fact]
    public async Task Watches_once_however_often_it_is_started()
    {
        Parallel.For(0, 8, _ => _source.Start());

        _registry.Say("a");
        await _source.FirstList;

        Assert.Equal(1, _registry.Watches);
    }

    [Fact]
    public async Task Keeps_the_objects_of_addresses_that_stay()
    {
        _source.Start();
        _registry.Say("a", "b");
        await _source.FirstList;
        var b = _source.Current[1];

        _registry.Say("b", "c");
        await Eventually.TrueAsync(() => _source.Current[0].Host == "b", "the second list");

        Assert.Same(b, _source.Current[0]);
    }

    [Fact]
    public async Task Keeps_the_last_list_while_the_registry_is_away_and_tells_for_how_long()
    {
        _source.Start();
        _registry.Say("a");
        await _source.FirstList;

        _registry.Fail("no route to host");
        await Eventually.TrueAsync(() => _source.State.Error is not null, "the failure");
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(["a:80"], Hosts());
        Assert.Equal(new SourceState("cart", "Paper", 1, TimeSpan.FromMilliseconds(50), "no route to host"), _source.State);
    }

    [Fact]
    public async Task Is_current_again_once_the_registry_is_back()
    {
        _source.Start();
        _registry.Say("a");
        await _source.FirstList;
        _registry.Fail("away");
        await Eventually.TrueAsync(() => _source.State.Error is not null, "the failure");

        _registry.Say("b");
        await AdvanceUntilAsync(() => _source.State.Error is null);

        Assert.Equal(["b:80"], Hosts());
        Assert.Equal(TimeSpan.Zero, _source.State.StaleFor);
    }

    [Fact]
    public async Task Tells_why_there_is_no_first_list()
    {
        _source.Start();
        _registry.Fail("connection refused");
        await Eventually.TrueAsync(() => _source.State.Error is not null, "the failure");
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.False(_source.FirstList.IsCompleted);
        Assert.Equal("connection refused", _source.State.Error);
        Assert.Equal(TimeSpan.FromSeconds(3), _source.State.StaleFor);
    }

    [Fact]
    public async Task Asks_again_only_after_a_pause()
    {
        _source.Start();
        _registry.Fail("away");
        await Eventually.TrueAsync(() => _source.State.Error is not null, "the failure");

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(1, _registry.Watches);

        await AdvanceUntilAsync(() => _registry.Watches == 2);
    }

    [Fact]
    public async Task Begins_anew_when_a_watch_ends()
    {
        _source.Start();
        _registry.Say("a");
        await _source.FirstList;

        _registry.End();
        await Eventually.TrueAsync(() => _source.State.Error is not null, "the end");
        _registry.Say("b");
        await AdvanceUntilAsync(() => _source.State.Error is null);

        Assert.Equal(["b:80"], Hosts());
    }

    [Fact]
    public async Task Ends_its_watch_when_it_is_disposed()
    {
        _source.Start();
        _registry.Say("a");
        await _source.FirstList;

        await _source.DisposeAsync();

        Assert.Equal(0, _registry.Running);
        _source.Start();
        Assert.Equal(1, _registry.Watches);
    }

    [Fact]
    public async Task Ends_in_the_middle_of_a_pause_when_it_is_disposed()
    {
        _source.Start();
        _registry.Fail("away");
        await Eventually.TrueAsync(() => _source.State.Error is not null, "the failure");

        await _source.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

        Assert.Equal(1, _registry.Watches);
    }

    private string[] Hosts() => [.. _source.Current.Select(d => d.Authority)];

    /// <summary>Lets time pass until it has brought the condition about: the pause begins at a moment that the test can't see.</summary>
    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        if (condition()) return true;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    }, "what time should have brought");

    /// <summary>A registry that says what the test tells it to, in order, to whoever watches.</summary>
    private sealed class ScriptedRegistry
    {
        private readonly Channel<Func<IReadOnlyList<Destination>?>> _script = Channel.CreateUnbounded<Func<IReadOnlyList<Destination>?>>();
        private int _watches;
        private int _running;

        public int Watches => Volatile.Read(ref _watches);

        public int Running => Volatile.Read(ref _running);

        public void Say(params string[] hosts) => _script.Writer.TryWrite(() => [.. hosts.Select(h => new Destination(h, 80))]);

        public void Fail(string error) => _script.Writer.TryWrite(() => throw new HttpRequestException(error));

        public void End() => _script.Writer.TryWrite(() => null);

        public async IAsyncEnumerable<IReadOnlyList<Destination>> ListsAsync(
            [EnumeratorCancellation] CancellationToken cancellation)
        {
            Interlocked.Increment(ref _watches);
            Interlocked.Increment(ref _running);
            try
            {
                while (await _script.Reader.ReadAsync(cancellation) is { } next && next() is { } list) yield return list;
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }
}
