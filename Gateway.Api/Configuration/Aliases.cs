namespace Gateway.Configuration;

/// <summary>
/// The former names of keys that Ocelot 25 still honours (contract 01 §7), for whoever has to know before any section is read that two
/// names are one key: a layer that writes either name replaces both of the layers below.
/// </summary>
internal static class Aliases
{
    private static readonly Dictionary<string, (string Present, string[] Inside)> Former = new(StringComparer.OrdinalIgnoreCase)
    {
        ["FileCacheOptions"] = ("CacheOptions", ["Routes"]),
        ["RateLimitRule"] = ("RateLimitOptions", ["DynamicRoutes"]),
        ["AuthenticationProviderKey"] = ("AuthenticationProviderKeys", ["AuthenticationOptions"]),
        ["DurationOfBreak"] = ("BreakDuration", ["QoSOptions"]),
        ["ExceptionsAllowedBeforeBreaking"] = ("MinimumThroughput", ["QoSOptions"]),
        ["TimeoutValue"] = ("Timeout", ["QoSOptions"]),
        ["DisableRateLimitHeaders"] = ("EnableHeaders", ["RateLimitOptions", "RateLimitRule"]),
        ["PeriodTimespan"] = ("Wait", ["RateLimitOptions", "RateLimitRule"]),
        ["HttpStatusCode"] = ("StatusCode", ["RateLimitOptions", "RateLimitRule"]),
        ["QuotaExceededMessage"] = ("QuotaMessage", ["RateLimitOptions", "RateLimitRule"]),
        ["RateLimitCounterPrefix"] = ("KeyPrefix", ["RateLimitOptions", "RateLimitRule"]),
    };

    /// <summary>The present name of a key; the name itself where it has never changed.</summary>
    /// <param name="parent">The key of the object the name stands in; for an entry of a list, the list's.</param>
    public static string PresentName(string parent, string name) =>
        Former.TryGetValue(name, out var alias) && alias.Inside.Contains(parent, StringComparer.OrdinalIgnoreCase) ? alias.Present : name;

    /// <summary>Whether two differing names stand for one key.</summary>
    public static bool AreOneKey(string parent, string a, string b) =>
        !string.Equals(a, b, StringComparison.OrdinalIgnoreCase)
        && string.Equals(PresentName(parent, a), PresentName(parent, b), StringComparison.OrdinalIgnoreCase);
}
