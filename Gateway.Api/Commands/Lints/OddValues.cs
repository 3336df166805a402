using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds values of an entry that are allowed and have no effect, or not the one that the words promise.</summary>
internal sealed class OddValues : ILint
{
    private static readonly string[] Claimants = ["AddClaimsToRequest", "AddHeadersToRequest", "AddQueriesToRequest", "ChangeDownstreamPathTemplate"];

    // Balancers that pick for each request anew.
    private static readonly string[] Forgetful = ["NoLoadBalancer", "RoundRobin", "LeastConnection", "PowerOfTwoChoices"];

    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            LookAtHeaders(entry);
            LookAtScopes(entry);
            LookAtClaims(entry);
            LookAtAddresses(entry);
            LookAtLimit(entry);
            LookAtCache(entry);
            LookAtBalancer(entry);
            LookAtService(entry);
        }
        LookAtKeys(document.Routes);
    }

    // A header has a token for its name (RFC 9110 §5.1).
    private static void LookAtHeaders(EffectiveEntry entry)
    {
        foreach (var member in (entry.Find("UpstreamHeaderTemplates") as ObjectNode)?.Members ?? [])
        {
            if (!IsHeader(member.Name))
                entry.Section.Warning("UpstreamHeaderTemplates", $"no header can be called \"{member.Name}\", so no request fits", "Write the header's name");
            else if (member.Value is ScalarNode { Text: var text } && text.LastIndexOf("{header:", StringComparison.Ordinal) > text.LastIndexOf('}'))
                entry.Section.Warning($"UpstreamHeaderTemplates.{member.Name}", "a placeholder begins here and never ends, so it is read as plain text", "Close it with '}'");
        }
        if (entry.Text("RateLimitOptions.ClientIdHeader") is { } client && !IsHeader(client))
            entry.Section.Warning("RateLimitOptions.ClientIdHeader", $"no header can be called \"{client}\", so clients are told apart by their address", "Write the header's name");
    }

    private static bool IsHeader(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static void LookAtService(EffectiveEntry entry)
    {
        if (entry.Text("ServiceName") is { } name && string.IsNullOrWhiteSpace(name))
            entry.Section.Warning("ServiceName", "no service has a name of blanks, so there will never be an instance", "Write the name as the registry has it");
    }

    private static void LookAtScopes(EffectiveEntry entry)
    {
        foreach (var scope in entry.Texts("AuthenticationOptions.AllowedScopes").Where(s => s.Text.AsSpan().ContainsAny(",;")))
            entry.Section.Warning(entry.Section.PathOf("AuthenticationOptions.AllowedScopes", scope.Text), $"\"{scope.Text}\" is one scope with a '{(scope.Text.Contains(',', StringComparison.Ordinal) ? ',' : ';')}' in its name; were several meant?",
                "Write each scope as an entry of its own");
    }

    private static void LookAtClaims(EffectiveEntry entry)
    {
        if (ProtectionGaps.IsGuarded(entry)) return;
        foreach (var key in Claimants)
            if (entry.Find(key) is ObjectNode map && map.Members.Any(m => m.Value is ScalarNode text && text.Text.TrimStart().StartsWith("Claims[", StringComparison.Ordinal)))
                entry.Section.Warning(key, "the route asks nobody for a token, so there are no claims to take a value from",
                    "Name a scheme in AuthenticationOptions, or remove the claims", ProblemCodes.Conflict);
    }

    private static void LookAtAddresses(EffectiveEntry entry)
    {
        if (entry.IsTrue("SecurityOptions.ExcludeAllowedFromBlocked")) return;
        var allowed = entry.Texts("SecurityOptions.IPAllowedList").Select(a => a.Text.Trim()).ToArray();
        foreach (var both in entry.Texts("SecurityOptions.IPBlockedList").Select(b => b.Text.Trim()).Where(b => allowed.Contains(b, StringComparer.OrdinalIgnoreCase)))
            entry.Section.Warning(entry.Section.PathOf("SecurityOptions.IPBlockedList", both), $"\"{both}\" stands in both lists", "Remove it from the one that isn't meant", ProblemCodes.Conflict);
    }

    private static void LookAtLimit(EffectiveEntry entry)
    {
        if (entry.Number("RateLimitOptions.Limit") is { } limit && entry.Find("RateLimitOptions.Period") is null && entry.Find("RateLimitOptions.Algorithm") is null)
            entry.Section.Warning("RateLimitOptions", $"no Period says for how long the {limit:0} requests are, so one second counts", "Write \"Period\": \"1s\" or the time that is meant", ProblemCodes.Missing);
        if (entry.Number("RateLimitOptions.StatusCode") is { } status and > 0 and < 400)
            entry.Section.Warning("RateLimitOptions.StatusCode", $"the status {status:0} tells clients over the limit that all went well", "Write 429");
    }

    private static void LookAtCache(EffectiveEntry entry)
    {
        if (entry.Section.Node.Find("CacheOptions")?.Value is ObjectNode { Members.Count: > 0 } && entry.Find("CacheOptions.TtlSeconds") is null)
            entry.Section.Warning("CacheOptions", "nothing is kept, since no TtlSeconds says for how long", "Write \"TtlSeconds\": 30 or the time that is meant", ProblemCodes.Missing);
    }

    private static void LookAtBalancer(EffectiveEntry entry)
    {
        var type = entry.Text("LoadBalancerOptions.Type") ?? "NoLoadBalancer";
        if (!Forgetful.Contains(type, StringComparer.OrdinalIgnoreCase) || entry.Section.Node.Find("LoadBalancerOptions")?.Value is not ObjectNode written) return;
        foreach (var key in new[] { "Key", "Expiry" })
            if (written.Find(key) is { Value: ScalarNode { Text.Length: > 0, Scalar: not ScalarKind.Null } } member && member.Value is not ScalarNode { Text: "0" })
                entry.Section.Warning($"LoadBalancerOptions.{key}", $"a balancer of the type {type} doesn't keep clients to one instance, so this has no effect",
                    "Write \"Type\": \"CookieStickySessions\", or remove it", ProblemCodes.Conflict);
    }

    private static void LookAtKeys(IReadOnlyList<EffectiveEntry> routes)
    {
        var seen = new Dictionary<string, EffectiveEntry>(StringComparer.Ordinal);
        foreach (var route in routes)
            if (route.Text("Key") is { } key && !seen.TryAdd(key, route))
                route.Section.Warning("Key", $"{seen[key].Section.Path} has the key \"{key}\" too; whatever names it means both", "Give each route a key of its own", ProblemCodes.Duplicate);
    }
}
