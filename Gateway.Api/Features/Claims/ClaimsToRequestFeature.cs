using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary>
/// Puts claims into the downstream request: <c>AddHeadersToRequest</c>, <c>AddQueriesToRequest</c> and <c>ChangeDownstreamPathTemplate</c>,
/// in this order. The client can't get its own value past any of them (contract 00).
/// </summary>
internal sealed class ClaimsToRequestFeature : IRouteFeature
{
    /// <summary>Header names, and the expressions that give their values.</summary>
    public static readonly SectionKey<ObjectNode?> Headers = new("AddHeadersToRequest", Levels.Route | Levels.DynamicRoute);

    /// <summary>Names of query parameters, and the expressions that give their values.</summary>
    public static readonly SectionKey<ObjectNode?> Queries = new("AddQueriesToRequest", Levels.Route | Levels.DynamicRoute);

    /// <summary>Placeholders of the <c>DownstreamPathTemplate</c>, and the expressions that give their values.</summary>
    public static readonly SectionKey<ObjectNode?> Path = new("ChangeDownstreamPathTemplate", Levels.Route);

    public IReadOnlyList<SectionKey> Keys => [Headers, Queries, Path];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        var headers = ClaimMap.Read(section, Headers, StringComparer.OrdinalIgnoreCase, HeaderName.FaultOf);
        var path = ClaimMap.Read(section, Path, StringComparer.Ordinal, name => PlaceholderFault(section, name));
        route.Placeholders.UnionWith(path.Select(p => p.Name));
        var queries = ClaimMap.Read(section, Queries, StringComparer.OrdinalIgnoreCase, name => ParameterFault(route, name));

        if (headers.Count > 0) route.Use(new ClaimsToHeadersStep(headers));
        if (queries.Count > 0) route.Use(new ClaimsToQueryStep(queries));
        if (path.Count > 0) route.Use(new ClaimsToPathStep(path));
    }

    private static (string, string)? PlaceholderFault(RouteSection section, string name)
    {
        var template = (section.Node.Find("DownstreamPathTemplate")?.Value as ScalarNode)?.Text ?? "";
        return template.Contains($"{{{name}}}", StringComparison.Ordinal)
            ? null
            : ($"the DownstreamPathTemplate has no placeholder {{{name}}}", $"Add {{{name}}} to it, or remove this entry");
    }

    // The downstream URL leaves out parameters that are named like a placeholder, so this one would be lost (contract 02 §5.1).
    private static (string, string)? ParameterFault(RouteBuilder route, string name) =>
        name.Length == 0 ? ("is empty", "Write the parameter's name")
        : route.Placeholders.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? ($"a placeholder of the route has the name '{name}', so the parameter would be left out of the URL", "Name one of them otherwise")
            : null;
}
