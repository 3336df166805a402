using Gateway.Configuration;

namespace Gateway.Hosting.Observing;

/// <summary>One attempt to take a configuration.</summary>
/// <param name="Version">The version in use afterwards.</param>
/// <param name="IsAccepted">Whether it took effect.</param>
/// <param name="Problems">Its problems, warnings included; the first hundred.</param>
/// <param name="Changes">What it changed, in terms of routes; null while that is being found out, and for the first one.</param>
internal sealed record SeenReload(DateTimeOffset At, int Version, bool IsAccepted, IReadOnlyList<Problem> Problems, IReadOnlyList<string>? Changes);
