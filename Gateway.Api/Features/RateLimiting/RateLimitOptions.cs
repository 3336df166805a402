using Gateway.Configuration;

namespace Gateway.Features.RateLimiting;

/// <summary>How many requests a client may make in a time (contract 06 §1). Route and global values combine property by property.</summary>
internal sealed record RateLimitOptions
{
    /// <summary>
    /// False switches the limit off; default true where the section stands. False in a global section that is meant for the route switches it
    /// off whatever the route says.
    /// </summary>
    public bool? EnableRateLimiting { get; init; }

    /// <summary>Requests a client may make in one <see cref="Period"/>, or at once for <see cref="RateLimitAlgorithm.Concurrency"/>. Positive; required.</summary>
    public long? Limit { get; init; }

    /// <summary>The time the limit is for: a number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>. Default <c>1s</c>.</summary>
    public string? Period { get; init; }

    /// <summary>How long a client is refused, counted from its first request over the limit; default until the period's end. Written as <see cref="Period"/>.</summary>
    [FormerName("PeriodTimespan", FormerValue.Seconds)]
    public string? Wait { get; init; }

    /// <summary>Whether answers carry <c>X-RateLimit-*</c> and refusals <c>Retry-After</c>; default true.</summary>
    [FormerName("DisableRateLimitHeaders", FormerValue.Negated)]
    public bool? EnableHeaders { get; init; }

    /// <summary>The status of a refusal, 200 to 999; default 429.</summary>
    [FormerName("HttpStatusCode")]
    public int? StatusCode { get; init; }

    /// <summary>
    /// The body of a refusal, as it is, with <c>{0}</c> for the limit and <c>{1}</c> for the period; other braces stay. Default a problem+json body.
    /// </summary>
    [FormerName("QuotaExceededMessage")]
    public string? QuotaMessage { get; init; }

    /// <summary>Part of the counters' names; another prefix is another set of counters. Default <c>Ocelot.RateLimiting</c>.</summary>
    [FormerName("RateLimitCounterPrefix")]
    public string? KeyPrefix { get; init; }

    /// <summary>The request header that names the client; default <c>Oc-Client</c>. Without it, the client is its IP address.</summary>
    public string? ClientIdHeader { get; init; }

    /// <summary>Clients that aren't counted; upper and lower case differ. Default none.</summary>
    public IReadOnlyList<string>? ClientWhitelist { get; init; }

    /// <summary>How requests are counted; default <see cref="RateLimitAlgorithm.FixedWindow"/>.</summary>
    public RateLimitAlgorithm? Algorithm { get; init; }

    /// <summary>
    /// Who is counted: <c>ip</c>, <c>header:NAME</c>, <c>claim:TYPE</c> or <c>route</c> for all together. Default the header
    /// <see cref="ClientIdHeader"/>. A request without the header or claim is counted by its IP address.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The routes, by their <c>Key</c>, that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
