using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Caching;

/// <summary>
/// <c>CacheOptions</c>, formerly <c>FileCacheOptions</c>. Stands before every other feature that adds delegating handlers, so that a kept answer
/// costs none of them.
/// </summary>
internal sealed class CacheFeature(CacheRegions regions, TimeProvider time, ILogger<CacheFeature> logger) : IRouteFeature
{
    private static readonly SectionKey<CacheOptions?> Key =
        new("CacheOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField, "FileCacheOptions");

    private const int DefaultEntryBytes = 1024 * 1024;
    private const long DefaultTotalBytes = 100 * 1024 * 1024;

    public IReadOnlyList<SectionKey> Keys => [Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate || section.Read(Key) is not { TtlSeconds: not (null or 0) } options) return;

        var maxEntryBytes = options.MaxEntryBytes ?? DefaultEntryBytes;
        var maxTotalBytes = section.Global.ReadOwn(Key)?.MaxTotalBytes ?? DefaultTotalBytes;
        if (options.TtlSeconds < 0)
            section.ErrorUnlessTolerant("CacheOptions.TtlSeconds", $"must not be negative, was {options.TtlSeconds}", "Write 0 to keep no answers");
        if (maxEntryBytes <= 0) section.Error("CacheOptions.MaxEntryBytes", $"must be positive, was {maxEntryBytes}", "Leave it out for 1,048,576");
        if (maxTotalBytes <= 0)
            section.Global.Error("CacheOptions.MaxTotalBytes", $"must be positive, was {maxTotalBytes}", "Leave it out for 104,857,600");
        if (options.TtlSeconds < 0 || maxEntryBytes <= 0 || maxTotalBytes <= 0) return;

        var settings = new CacheSettings(
            route.Identity,
            TimeSpan.FromSeconds(options.TtlSeconds.Value),
            options.Region ?? route.Name,
            options.Header ?? "OC-Cache-Control",
            options.EnableContentHashing ?? false,
            maxEntryBytes,
            route.IsProtected);
        var rules = section.Problems.IsTolerant ? CacheRules.Ocelots : CacheRules.Careful;
        var store = Store(route.Snapshot, maxTotalBytes);
        route.Snapshot.Own(regions.Add(store));
        route.UseHandler(_ => new CacheHandler(settings, rules, store, time));
    }

    private IAnswerStore Store(SnapshotBuilder snapshot, long maxTotalBytes)
    {
        var alone = snapshot.Share($"answers\n{maxTotalBytes}", () => new MemoryAnswerStore(maxTotalBytes, time));
        return snapshot.SharedState is { } shared
            ? snapshot.Share($"answers\n{maxTotalBytes}\n{shared.Name}", () => new SharedAnswerStore(shared, alone, logger))
            : alone;
    }
}
