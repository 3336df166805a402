using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway.Runtime;

internal sealed record Upstream(PathTemplate Template, RouteSection Section)
{
    public IReadOnlySet<string> Names => Template.Names;

    public RouteEntry<CompiledRoute> Entry(CompiledRoute route) => new(Template, Section.ReadOwn(UpstreamKeys.UpstreamHost),
        Section.ReadOwn(UpstreamKeys.UpstreamHttpMethod) ?? [], Section.ReadOwn(UpstreamKeys.Priority) ?? 1, route);
}

internal static class UpstreamCompiler
{
    public static Upstream? Compile(RouteSection section) =>
        section.ReadOwn(UpstreamKeys.UpstreamPathTemplate) is { } text ? new Upstream(new PathTemplate(text), section) : null;
}
