using Gateway.Features.Caching;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.Caching;

public sealed class MemoryAnswerStoreTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(10);
    private static readonly RegionVersion Fresh = new(IsShared: false, 0);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drops_what_was_not_used_for_longest_when_it_is_full()
    {
        var one = Answer(1000);
        var store = new MemoryAnswerStore(3 * one.Size, _time);
        foreach (var key in new[] { "a", "b", "c" }) await store.KeepAsync("r", key, one, Ttl, Fresh);
        await store.FindAsync("r", "a", Stopping);

        await store.KeepAsync("r", "d", one, Ttl, Fresh);

        Assert.NotNull((await store.FindAsync("r", "a", Stopping)).Answer);
        Assert.Null((await store.FindAsync("r", "b", Stopping)).Answer);
        Assert.NotNull((await store.FindAsync("r", "d", Stopping)).Answer);
        Assert.Equal(3 * one.Size, store.Bytes);
    }

    [Fact]
    public async Task Does_not_empty_itself_for_what_can_never_fit()
    {
        var store = new MemoryAnswerStore(2000, _time);
        await store.KeepAsync("r", "a", Answer(100), Ttl, Fresh);

        await store.KeepAsync("r", "b", Answer(10_000), Ttl, Fresh);

        Assert.NotNull((await store.FindAsync("r", "a", Stopping)).Answer);
        Assert.Null((await store.FindAsync("r", "b", Stopping)).Answer);
    }

    [Fact]
    public async Task Drops_what_is_too_old_when_it_is_asked_for_it()
    {
        var store = new MemoryAnswerStore(10_000, _time);
        await store.KeepAsync("r", "a", Answer(100), Ttl, Fresh);
        _time.Advance(Ttl);

        Assert.Null((await store.FindAsync("r", "a", Stopping)).Answer);
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public async Task Replaces_what_stood_under_the_key()
    {
        var store = new MemoryAnswerStore(10_000, _time);
        await store.KeepAsync("r", "a", Answer(100), Ttl, Fresh);
        await store.KeepAsync("r", "a", Answer(200), Ttl, Fresh);

        Assert.Equal(200, (await store.FindAsync("r", "a", Stopping)).Answer!.Body.Length);
        Assert.Equal(Answer(200).Size, store.Bytes);
    }

    [Fact]
    public async Task Clears_one_region()
    {
        var store = new MemoryAnswerStore(10_000, _time);
        await store.KeepAsync("r", "a", Answer(100), Ttl, Fresh);
        await store.KeepAsync("s", "a", Answer(100), Ttl, Fresh);

        await store.ClearAsync("r", Stopping);

        Assert.Null((await store.FindAsync("r", "a", Stopping)).Answer);
        Assert.NotNull((await store.FindAsync("s", "a", Stopping)).Answer);
    }

    [Fact]
    public async Task Does_not_keep_what_was_asked_for_before_its_region_was_cleared()
    {
        var store = new MemoryAnswerStore(10_000, _time);
        var before = await store.FindAsync("r", "a", Stopping);
        await store.ClearAsync("r", Stopping);
        await store.KeepAsync("r", "a", Answer(100), Ttl, before.Version);
        var after = await store.FindAsync("r", "a", Stopping);
        await store.KeepAsync("r", "a", Answer(200), Ttl, after.Version);

        Assert.Null(after.Answer);
        Assert.Equal(200, (await store.FindAsync("r", "a", Stopping)).Answer!.Body.Length);
    }

    private static CachedAnswer Answer(int length) => new(200, "OK", [], [], DateTimeOffset.UnixEpoch, new byte[length]);
}
