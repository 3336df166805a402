using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds values of an entry that are allowed and have no effect, or not the one that the words promise.</summary>
internal sealed class OddValues : ILint
{
    private static readonly string[] Claimants = ["AddClaimsToRequest", "AddHeadersToRequest", "AddQueriesToRequest", "ChangeDownstreamPathTemplate"];

    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            LookAtTemplates(entry);
            LookAtScopes(entry);
            LookAtClaims(entry);
            LookAtAddresses(entry);
            LookAtLimit(entry);
        }
        LookAtKeys(document.Routes);
    }

    // Browsers keep what follows a '#' to themselves, and a header has a token for its name (RFC 9110 §5.1).
    private static void LookAtTemplates(EffectiveEntry entry)
    {
        if (entry.Text("UpstreamPathTemplate")?.Contains('#', StringComparison.Ordinal) == true)
            entry.Section.Warning("UpstreamPathTemplate", "no request has a '#' in its path: clients keep it and what follows to themselves", "Leave it out");
        foreach (var member in (entry.Find("UpstreamHeaderTemplates") as ObjectNode)?.Members ?? [])
            if (member.Name.Length == 0 || !member.Name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
                entry.Section.Warning("UpstreamHeaderTemplates", $"no header can be called \"{member.Name}\", so no request fits", "Write the header's name");
    }

    private static void LookAtScopes(EffectiveEntry entry)
    {
        foreach (var scope in entry.Texts("AuthenticationOptions.AllowedScopes").Where(s => s.Text.AsSpan().ContainsAny(",;")))
            entry.Section.Warning("AuthenticationOptions.AllowedScopes", $"\"{scope.Text}\" is one scope with a '{(scope.Text.Contains(',', StringComparison.Ordinal) ? ',' : ';')}' in its name; were several meant?",
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
            entry.Section.Warning("SecurityOptions.IPBlockedList", $"\"{both}\" stands in both lists", "Remove it from the one that isn't meant", ProblemCodes.Conflict);
    }

    private static void LookAtLimit(EffectiveEntry entry)
    {
        if (entry.Number("RateLimitOptions.Limit") is { } limit && entry.Find("RateLimitOptions.Period") is null && entry.Find("RateLimitOptions.Algorithm") is null)
            entry.Section.Warning("RateLimitOptions", $"no Period says for how long the {limit:0} requests are, so one second counts", "Write \"Period\": \"1s\" or the time that is meant", ProblemCodes.Missing);
    }

    private static void LookAtKeys(IReadOnlyList<EffectiveEntry> routes)
    {
        var seen = new Dictionary<string, EffectiveEntry>(StringComparer.Ordinal);
        foreach (var route in routes)
            if (route.Text("Key") is { } key && !seen.TryAdd(key, route))
                route.Section.Warning("Key", $"{seen[key].Section.Path} has the key \"{key}\" too; whatever names it means both", "Give each route a key of its own", ProblemCodes.Duplicate);
    }
}
