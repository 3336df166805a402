using Gateway.Configuration;

namespace Gateway.Hosting.Administration;

/// <summary>
/// The host's section <c>Administration</c>. The interface is there only where a path is written, and then only with a way to tell who
/// comes: a secret, for which the gateway gives out tokens itself, or the scheme of a token server.
/// </summary>
/// <param name="Path">What its paths begin with: <c>/administration</c>.</param>
/// <param name="Secret">What the client <c>admin</c> gets a token for; null where <paramref name="Scheme"/> says who comes.</param>
/// <param name="Scheme">One of <c>Authentication:Schemes</c>; null where there is a secret.</param>
/// <param name="Scope">What a token must allow; default <c>admin</c>.</param>
internal sealed record AdministrationSettings(PathString Path, string? Secret, string? Scheme, string Scope)
{
    private const string Section = "Administration";
    private const string DefaultScope = "admin";

    private static readonly string[] Keys = [nameof(Path), nameof(Secret), nameof(Scheme), nameof(Scope)];

    /// <param name="document">Where the section may stand; for the problems' places.</param>
    /// <returns>Null where there is no such section, or something is wrong with it.</returns>
    public static AdministrationSettings? Read(IConfiguration configuration, ObjectNode? document, ProblemList problems)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists()) return null;
        var found = new ProblemList();
        foreach (var key in section.GetChildren().Select(c => c.Key).Where(k => !Keys.Contains(k, StringComparer.OrdinalIgnoreCase)))
            Error(found, document, key, ProblemCodes.UnknownKey, $"nothing reads the key '{key}' here",
                Spelling.Nearest(key, Keys) is { } nearest ? $"Did you mean '{nearest}'?" : $"The keys here are {string.Join(", ", Keys)}");

        var path = Of(section, nameof(Path))?.TrimEnd('/');
        var (secret, scheme) = (Of(section, nameof(Secret)), Of(section, nameof(Scheme)));
        if (path is null) Error(found, document, nameof(Path), ProblemCodes.Missing, "is missing", "Write \"/administration\", or remove the section");
        else if (path.Length < 2 || path[0] != '/' || path.AsSpan().IndexOfAny("?#% \\") >= 0)
            Error(found, document, nameof(Path), ProblemCodes.InvalidValue, $"must be a path of its own, was \"{Of(section, nameof(Path))}\"", "Write \"/administration\"");
        if (secret is null && scheme is null)
            Error(found, document, nameof(Secret), ProblemCodes.Missing, "nobody could be told from anybody else", "Write Secret, or the Scheme of a token server");
        if (secret is not null && scheme is not null)
            Error(found, document, nameof(Scheme), ProblemCodes.Conflict, "there are a Secret and a Scheme", "Keep one of the two");

        problems.AddRange(found);
        return found.HasErrors ? null : new AdministrationSettings(path!, secret, scheme, Of(section, nameof(Scope)) ?? DefaultScope);
    }

    /// <summary>Reports a scheme that isn't there.</summary>
    public void CheckScheme(IReadOnlyList<string> schemes, ObjectNode? document, ProblemList problems)
    {
        if (Scheme is null || schemes.Contains(Scheme, StringComparer.Ordinal)) return;
        Error(problems, document, nameof(Scheme), ProblemCodes.UnknownReference, $"there is no scheme '{Scheme}'",
            Spelling.Nearest(Scheme, schemes) is { } nearest ? $"Did you mean '{nearest}'?" : $"Declare it in Authentication:Schemes:{Scheme}");
    }

    private static string? Of(IConfigurationSection section, string key) => section[key] is { Length: > 0 } value ? value : null;

    private static void Error(ProblemList problems, ObjectNode? document, string key, string code, string message, string fix) =>
        problems.Error(code, HostSections.PlaceOf(document, $"{Section}:{key}"), $"{Section}:{key}", message, fix);

    /// <summary>Tells everything but the secret.</summary>
    public override string ToString() => $"{Path} {Scheme ?? "***"} {Scope}";
}
