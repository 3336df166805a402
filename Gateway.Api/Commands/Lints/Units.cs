using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds times that are a thousand times too short or too long: seconds written where milliseconds are read, or the other way round.</summary>
internal sealed class Units : ILint
{
    // So short that no service answers in it; so long that it must be meant in milliseconds.
    private static readonly (string Path, double Least)[] Milliseconds =
    [
        ("QoSOptions.Timeout", 100), ("QoSOptions.BreakDuration", 100), ("QoSOptions.SamplingDuration", 100), ("LoadBalancerOptions.Expiry", 1000),
        ("HealthCheck.Interval", 100), ("HealthCheck.Timeout", 20),
    ];

    private static readonly (string Path, double Most)[] Seconds =
    [
        ("Timeout", 1000), ("CacheOptions.TtlSeconds", 60_000), ("HttpHandlerOptions.PooledConnectionLifetimeSeconds", 60_000),
    ];

    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            foreach (var (path, least) in Milliseconds)
                if (entry.Number(path) is { } value && value > 0 && value < least) TooShort(entry, path, value);
            foreach (var (path, most) in Seconds)
                if (entry.Number(path) is { } value && value >= most && value % 1000 == 0) TooLong(entry, path, value);
            if (entry.Text("RateLimitOptions.Wait") is { } wait && int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out var bare) && bare is > 0 and < 100)
                TooShort(entry, "RateLimitOptions.Wait", bare);
        }
        LookAtProvider(document.Document.Global);
    }

    private static void LookAtProvider(GlobalSection global)
    {
        if ((global.Node.Find("ServiceDiscoveryProvider")?.Value as ObjectNode)?.Find("PollingInterval")?.Value is ScalarNode written
            && int.TryParse(written.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) && interval is > 0 and < 50)
            global.Warning("ServiceDiscoveryProvider.PollingInterval", Short(interval), Longer(interval), LintCodes.Unit);
    }

    private static void TooShort(EffectiveEntry entry, string path, double value) =>
        entry.Section.Warning(path, Short(value), Longer(value), LintCodes.Unit);

    private static void TooLong(EffectiveEntry entry, string path, double value) => entry.Section.Warning(path,
        string.Create(CultureInfo.InvariantCulture, $"{value} seconds are {Readable(value)}; were milliseconds meant?"),
        string.Create(CultureInfo.InvariantCulture, $"Write {value / 1000}"), LintCodes.Unit);

    private static string Short(double value) => string.Create(CultureInfo.InvariantCulture, $"{value} milliseconds are over at once; were seconds meant?");

    private static string Longer(double value) => string.Create(CultureInfo.InvariantCulture, $"Write {value * 1000} for {value} seconds");

    private static string Readable(double seconds) => seconds < 7200
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(seconds / 60)} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(seconds / 3600)} hours");
}
