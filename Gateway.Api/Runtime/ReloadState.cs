using Gateway.Configuration;

namespace Gateway.Runtime;

/// <summary>What became of the last attempts to read the configuration; for health and the page.</summary>
/// <param name="LoadedAt">When the configuration in use took effect.</param>
/// <param name="Version">Counts configurations that took effect, from 1.</param>
/// <param name="RejectedAt">When a later one was refused; null while the one in use is the newest.</param>
/// <param name="Problems">The problems of the newest attempt, warnings included.</param>
internal sealed record ReloadState(DateTimeOffset LoadedAt, int Version, DateTimeOffset? RejectedAt, IReadOnlyCollection<Problem> Problems)
{
    public static readonly ReloadState None = new(default, 0, null, []);
}
