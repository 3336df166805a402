using System.Globalization;

namespace Gateway.Features.RateLimiting;

/// <summary>What answers tell a client about its limit (contract 06 §1.6).</summary>
internal static class RateLimitHeaders
{
    private const string Limit = "X-RateLimit-Limit";
    private const string Remaining = "X-RateLimit-Remaining";
    private const string Reset = "X-RateLimit-Reset";

    public static readonly IReadOnlyList<string> Names = [Limit, Remaining, Reset];

    /// <summary>On the answer to a request that passed, whatever its status will be.</summary>
    public static void Describe(IHeaderDictionary headers, long limit, Admission admission, TimeProvider time)
    {
        headers[Limit] = limit.ToString(CultureInfo.InvariantCulture);
        headers[Remaining] = admission.Remaining.ToString(CultureInfo.InvariantCulture);
        if (admission.UntilReset is { } left) headers[Reset] = (time.GetUtcNow() + left).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
    }

    /// <summary>On a refusal: whole seconds, rounded up, so that nobody comes back too early (RFC 9110 §10.2.3).</summary>
    public static void AskToWait(IHeaderDictionary headers, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wait) headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
