namespace Gateway.Features.Authentication.JwtBearer;

/// <summary>How often an issuer may be asked for its keys.</summary>
/// <param name="BetweenReadings">The least time between two readings, whatever tokens come: the platform's <c>RefreshInterval</c>.</param>
/// <param name="UntilOld">When keys are read again although every token's key is known: the platform's <c>AutomaticRefreshInterval</c>.</param>
internal sealed record IssuerPace(TimeSpan BetweenReadings, TimeSpan UntilOld)
{
    // The platform's five minutes would leave a second rollover soon after the first unseen for as long.
    public static readonly TimeSpan DefaultBetweenReadings = TimeSpan.FromSeconds(30);

    /// <summary>The least time between two attempts while nothing is known and so every token fails.</summary>
    public TimeSpan WithoutKeys { get; } = TimeSpan.FromSeconds(1);
}
