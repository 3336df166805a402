using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Forwarding;

/// <summary>The keys that say how a request is sent on.</summary>
internal sealed class ForwardingKeys : IFeature
{
    private const Levels Everywhere = Levels.Route | Levels.DynamicRoute | Levels.Global;

    /// <summary>Path and query of the downstream request, with placeholders. Required on a route.</summary>
    public static readonly SectionKey<string?> DownstreamPathTemplate = new("DownstreamPathTemplate", Levels.Route);

    /// <summary><c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>; default the instance's own scheme, else that of the request.</summary>
    public static readonly SectionKey<string?> DownstreamScheme = new("DownstreamScheme", Everywhere, Combination.OwnElseGlobalUnlessOcelots);

    /// <summary>The verb to send in place of the client's.</summary>
    public static readonly SectionKey<string?> DownstreamHttpMethod = new("DownstreamHttpMethod", Levels.Route);

    /// <summary><c>1.0</c>, <c>1.1</c>, <c>2.0</c> or <c>3.0</c>; default 1.1.</summary>
    public static readonly SectionKey<string?> DownstreamHttpVersion = new("DownstreamHttpVersion", Everywhere, Combination.OwnElseGlobalUnlessOcelots);

    /// <summary>What may happen when the service doesn't speak that version; default <c>RequestVersionOrLower</c>.</summary>
    public static readonly SectionKey<HttpVersionPolicy?> DownstreamHttpVersionPolicy =
        new("DownstreamHttpVersionPolicy", Everywhere, Combination.OwnElseGlobalUnlessOcelots);

    /// <summary>Seconds until the head of the answer must be there; default 90 (contract 01 §4.1).</summary>
    public static readonly SectionKey<int?> Timeout = new("Timeout", Everywhere);

    public IReadOnlyList<SectionKey> Keys =>
        [DownstreamPathTemplate, DownstreamScheme, DownstreamHttpMethod, DownstreamHttpVersion, DownstreamHttpVersionPolicy, Timeout];
}
