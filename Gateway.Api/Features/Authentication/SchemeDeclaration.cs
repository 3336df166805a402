using Gateway.Configuration;

namespace Gateway.Features.Authentication;

/// <summary>One entry of <c>Authentication:Schemes</c>.</summary>
internal sealed record SchemeDeclaration(string Name, IConfigurationSection Section)
{
    public const string Schemes = "Authentication:Schemes";

    private const string DefaultType = "JwtBearer";

    /// <summary>What validates its tokens; default <c>JwtBearer</c>.</summary>
    public string Type => Section["Type"] is { Length: > 0 } type ? type : DefaultType;

    public string? this[string key] => Section[key] is { Length: > 0 } value ? value : null;

    /// <summary>The values of a list, or the single one that stands in its place.</summary>
    public IReadOnlyList<string> Values(string key) =>
        this[key] is { } single ? [single] : [.. Section.GetSection(key).GetChildren().Select(c => c.Value).OfType<string>()];

    public bool Has(string key) => Section.GetSection(key).Exists();

    public bool IsFalse(string key) => bool.TryParse(this[key], out var value) && !value;

    public SchemeFault Fault(string key, string message, string fix) => new(key.Length == 0 ? Section.Path : $"{Section.Path}:{key}", message, fix);

    /// <summary>Keys that nothing reads: a misspelt one could switch a check off.</summary>
    public IEnumerable<SchemeFault> UnknownKeys(IReadOnlyList<string> known)
    {
        foreach (var key in Section.GetChildren().Select(c => c.Key))
        {
            if (key is "Type" || known.Contains(key, StringComparer.OrdinalIgnoreCase)) continue;
            var nearest = Spelling.Nearest(key, known) ?? known.FirstOrDefault(k => k.Contains(key, StringComparison.OrdinalIgnoreCase));
            yield return Fault(key, $"nothing reads the key '{key}' in a scheme of type {Type}",
                nearest is null ? $"The keys here are {string.Join(", ", known)}" : $"Did you mean '{nearest}'?");
        }
    }

    /// <summary>Whether the issuer's address can be used at all.</summary>
    /// <param name="isHttpAllowed">Whether tokens may be checked over a connection that anybody could be at the other end of.</param>
    public IEnumerable<SchemeFault> AddressFaults(string key, string address, bool isHttpAllowed)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            yield return Fault(key, $"\"{address}\" is no address", "Write https://…");
        else if (uri.Scheme == "http" && !isHttpAllowed)
            yield return Fault(key, $"\"{address}\" is not https, and RequireHttpsMetadata is true",
                "Use https, or write \"RequireHttpsMetadata\": false where nobody can come between");
    }
}
