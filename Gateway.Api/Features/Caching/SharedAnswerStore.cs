using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.Caching;

/// <summary>
/// Keeps answers for several gateways. A region is cleared by counting its version up: what was kept under an older one is passed over, and ends
/// with its time. While the shared state is away, this gateway keeps answers by itself.
/// </summary>
internal sealed partial class SharedAnswerStore(ISharedState shared, IAnswerStore alone, ILogger logger) : IAnswerStore
{
    public async ValueTask<Lookup> FindAsync(string region, string key, CancellationToken cancellationToken)
    {
        if (await shared.ReadAsync(VersionKey(region), AnswerKey(region, key)) is not [var number, var kept])
            return await alone.FindAsync(region, key, cancellationToken);

        var version = new RegionVersion(IsShared: true, number is null ? 0 : long.Parse(number, CultureInfo.InvariantCulture));
        return new Lookup(kept is null ? null : AnswerBytes.Read(kept, version.Number), version);
    }

    public async ValueTask KeepAsync(string region, string key, CachedAnswer answer, TimeSpan ttl, RegionVersion version)
    {
        if (version.IsShared) await shared.KeepAsync(AnswerKey(region, key), AnswerBytes.Write(answer, version.Number), ttl);
        else await alone.KeepAsync(region, key, answer, ttl, version);
    }

    public async ValueTask ClearAsync(string region, CancellationToken cancellationToken)
    {
        await alone.ClearAsync(region, cancellationToken);
        if (await shared.IncrementAsync(VersionKey(region)) is null) Log.ClearedHereOnly(logger, region);
    }

    // The part in braces puts a region's keys on one server of a cluster, so that they can be read in one step.
    private static string VersionKey(string region) => $"answers:{{{Short(region)}}}:version";

    private static string AnswerKey(string region, string key) => $"answers:{{{Short(region)}}}:{key}";

    private static string Short(string region) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(region)), 0, 8);

    private static partial class Log
    {
        [LoggerMessage(2700, LogLevel.Warning, "The region {Region} is cleared in this gateway only: the shared state is away", EventName = nameof(ClearedHereOnly))]
        public static partial void ClearedHereOnly(ILogger logger, string region);
    }
}
