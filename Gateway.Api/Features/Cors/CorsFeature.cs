using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Cors;

/// <summary>
/// Answers browsers for a route: preflights at once, before anything is asked of a caller who can't show a token yet, and every other answer
/// with the headers that let the page read it, the gateway's refusals included. The service's own CORS headers are dropped.
/// </summary>
internal sealed class CorsFeature : IRouteFeature
{
    public static readonly SectionKey<CorsOptions?> Key =
        new("Cors", Levels.Route | Levels.DynamicRoute | Levels.Aggregate | Levels.Global, Combination.FieldByField);

    private static readonly string[] OwnedHeaders =
    [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
        "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    ];

    public IReadOnlyList<SectionKey> Keys => [Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Read(Key) is not { } options || CorsPolicy.Compile(section, options) is not { } policy) return;

        route.Preflight = new Preflight(policy).AnswerAsync;
        route.Use(new CorsStep(policy));
        route.OwnedResponseHeaders.UnionWith(OwnedHeaders);
    }
}
