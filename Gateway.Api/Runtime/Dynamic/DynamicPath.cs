using Gateway.Routing;

namespace Gateway.Runtime.Dynamic;

/// <summary>How the path of a request to a service becomes the service's own: its first segment goes (contract 02 §8).</summary>
internal static class DynamicPath
{
    // No client's query has parameters of these names, which a route's placeholders would take away.
    private const string Service = "gateway.dynamic-service";
    private const string Rest = "gateway.dynamic-path";

    private static readonly RouteRule Rule = new(Upstream());

    public static readonly DownstreamTemplate Downstream = Template();

    public static RouteValues Read(in RouteRequest request) => RouteValues.Capture(Rule, request);

    private static PathTemplate Upstream() =>
        PathTemplate.TryParse($"/{{{Service}}}/{{{Rest}}}", caseSensitive: false, out var template, []) ? template : throw new InvalidOperationException();

    private static DownstreamTemplate Template() =>
        DownstreamTemplate.TryParse($"/{{{Rest}}}", new HashSet<string> { Rest }, out var template, []) ? template : throw new InvalidOperationException();
}
