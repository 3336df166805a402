using System.Collections.Concurrent;

namespace Gateway.Configuration;

/// <summary>
/// What is to be said about a key that nothing reads where it stands. It is an error, since a misspelt protection must not be passed over;
/// as in Ocelot, where that way was chosen, it is a warning, unless the key is or resembles one that protects a route.
/// </summary>
internal sealed class UnreadKeys(KeyCatalog catalog)
{
    // What a misspelling of would leave a route more open than its author meant.
    private static readonly HashSet<string> Guards = new(StringComparer.OrdinalIgnoreCase)
    {
        "Routes", "GlobalConfiguration", "AuthenticationOptions", "AuthenticationProviderKey", "AuthenticationProviderKeys", "AllowedScopes",
        "RouteClaimsRequirement", "SecurityOptions", "IPAllowedList", "IPBlockedList", "RateLimitOptions", "RateLimitRule", "Limit", "Period",
        "EnableRateLimiting", "DelegatingHandlers", "Mediation", "UpstreamHost", "UpstreamHttpMethod", "UpstreamHeaderTemplates", "Cors",
    };

    // Ten thousand routes with the same misspelling ask the same question.
    private readonly ConcurrentDictionary<(string Name, string Place), Advice> _known = new();

    /// <summary>A key at the root of the document.</summary>
    public void AtRoot(Member member, ProblemList problems) =>
        Report(member, member.Name, problems, _known.GetOrAdd((member.Name, "$"), k => Outside(k.Name, Levels.None) ?? Nearest(k.Name, OcelotDocument.Roots)
            ?? new Advice(ProblemCodes.UnknownKey, Unread(k.Name), $"The keys here are {string.Join(", ", OcelotDocument.Roots)}; begin a remark's name with '_'", k.Name)));

    /// <summary>A key of a route or another entry, or of the global section.</summary>
    public void InEntry(Member member, string path, Levels level, ProblemList problems) =>
        Report(member, path, problems, _known.GetOrAdd((member.Name, level.ToString()), k => Slip(k.Name, level)
            ?? Outside(k.Name, level)
            ?? Nearest(k.Name, catalog.At(level).Select(s => s.Name))
            ?? NearestInside(k.Name, level)
            ?? Nearest(k.Name, catalog.Keys.Select(s => s.Name))
            ?? new Advice(ProblemCodes.UnknownKey, Unread(k.Name), "Remove it, or begin its name with '_' if it is a remark", k.Name)));

    /// <summary>A key of an options section.</summary>
    public void InSection(Member member, string path, OptionsShape shape, Levels level, ProblemList problems) =>
        Report(member, path, problems, _known.GetOrAdd((member.Name, $"{shape.Type.FullName} {level}"), k => Outside(k.Name, level)
            ?? Nearest(k.Name, shape.Names)
            ?? new Advice(ProblemCodes.UnknownKey, Unread(k.Name), $"The keys here are {string.Join(", ", shape.Properties.Select(p => p.Name))}", k.Name)));

    private static void Report(Member member, string path, ProblemList problems, Advice advice)
    {
        if (problems.IsTolerant && !Guards.Contains(member.Name) && !Guards.Contains(advice.Meant))
            problems.Warning(advice.Code, member.NameOrigin, path, advice.Message, advice.Fix);
        else problems.Error(advice.Code, member.NameOrigin, path, advice.Message, advice.Fix);
    }

    /// <summary>The key is known, but from another time or another place.</summary>
    private Advice? Outside(string name, Levels level)
    {
        if (FormerKeys.Instead(name) is { } instead)
            return new(ProblemCodes.UnknownKey, $"'{name}' is a key of old versions of Ocelot; nothing reads it", instead, name);
        if (OcelotDocument.Roots.FirstOrDefault(r => string.Equals(r, name, StringComparison.OrdinalIgnoreCase)) is { } root)
            return new(ProblemCodes.MisplacedKey, $"'{root}' has no effect here", "Put it at the root of the document", root);
        var holding = catalog.Holding(name).ToArray();
        var here = holding.Where(s => (s.Levels & level) != 0).ToArray();
        string[] places =
        [
            .. catalog.Find(name) is { } key ? [Places(key.Levels)] : Array.Empty<string>(),
            .. (here.Length > 0 ? here : holding).Select(s => $"inside '{s.Name}'"),
        ];
        return places.Length == 0 ? null
            : new(ProblemCodes.MisplacedKey, $"'{catalog.Find(name)?.Name ?? name}' has no effect here", $"It belongs {string.Join(" or ", places)}", name);
    }

    /// <summary>A key that stands here, but for an 's' at its end: <c>RouteKey</c> in an aggregate has another meaning inside its sections.</summary>
    private Advice? Slip(string name, Levels level) =>
        catalog.At(level).FirstOrDefault(k => string.Equals(k.Name, name + "s", StringComparison.OrdinalIgnoreCase)) is { } key
            ? new(ProblemCodes.UnknownKey, Unread(name), $"Did you mean '{key.Name}'?", key.Name)
            : null;

    private static Advice? Nearest(string name, IEnumerable<string> candidates) =>
        Spelling.Nearest(name, candidates) is { } nearest ? new(ProblemCodes.UnknownKey, Unread(name), $"Did you mean '{nearest}'?", nearest) : null;

    private Advice? NearestInside(string name, Levels level)
    {
        var inside = catalog.At(level).Where(k => k.Options is not null).SelectMany(k => k.Options!.Names.Select(n => (Section: k.Name, Name: n))).ToArray();
        if (Spelling.Nearest(name, inside.Select(i => i.Name)) is not { } nearest) return null;
        return new(ProblemCodes.UnknownKey, Unread(name), $"Did you mean '{nearest}' inside '{inside.First(i => i.Name == nearest).Section}'?", nearest);
    }

    private static string Unread(string name) => $"nothing reads the key '{name}' here";

    private static string Places(Levels levels) => string.Join(" or ",
        new[] { (Levels.Route, "in a route"), (Levels.DynamicRoute, "in a dynamic route"), (Levels.Aggregate, "in an aggregate"), (Levels.Global, "in GlobalConfiguration") }
            .Where(l => levels.HasFlag(l.Item1)).Select(l => l.Item2));

    /// <param name="Meant">The key that the author had in mind.</param>
    private sealed record Advice(string Code, string Message, string Fix, string Meant);
}
