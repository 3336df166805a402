using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Runtime;

/// <summary>The keys that say which requests an entry is for.</summary>
internal sealed class UpstreamKeys : IFeature
{
    private const Levels Matched = Levels.Route | Levels.Aggregate;

    /// <summary>The path, and perhaps query, that a request must fit. Required.</summary>
    public static readonly SectionKey<string?> UpstreamPathTemplate = new("UpstreamPathTemplate", Matched);

    /// <summary>Verbs; default any for a route, GET for an aggregate.</summary>
    public static readonly SectionKey<IReadOnlyList<string>?> UpstreamHttpMethod = new("UpstreamHttpMethod", Matched);

    /// <summary>A host name, or <c>*.example.com</c>; default any.</summary>
    public static readonly SectionKey<string?> UpstreamHost = new("UpstreamHost", Matched);

    /// <summary>Headers that must be present and fit; default none.</summary>
    public static readonly SectionKey<IReadOnlyDictionary<string, string>?> UpstreamHeaderTemplates = new("UpstreamHeaderTemplates", Matched);

    /// <summary>Whether upper and lower case differ in path, query and header values; default false.</summary>
    public static readonly SectionKey<bool?> RouteIsCaseSensitive = new("RouteIsCaseSensitive", Matched);

    /// <summary>Higher is asked first; default 1, and 0 for a lone <c>/{anything}</c>.</summary>
    public static readonly SectionKey<int?> Priority = new("Priority", Matched);

    public IReadOnlyList<SectionKey> Keys =>
        [UpstreamPathTemplate, UpstreamHttpMethod, UpstreamHost, UpstreamHeaderTemplates, RouteIsCaseSensitive, Priority];
}
