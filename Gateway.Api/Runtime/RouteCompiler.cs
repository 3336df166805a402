using Gateway.Configuration;
using Gateway.Forwarding;
using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>Makes one entry of <c>Routes</c> into what the table matches and the pipeline it leads to.</summary>
internal sealed class RouteCompiler(FeatureSet features, ForwardingEngine engine)
{
    /// <returns>Null after a problem that leaves nothing to serve; other problems are in the list all the same.</returns>
    public RouteEntry<CompiledRoute>? Compile(RouteSection section, SnapshotBuilder snapshot)
    {
        var upstream = UpstreamCompiler.Compile(section);
        var downstream = CompileDownstream(section, upstream);
        var options = ForwardingOptions.Compile(section);
        var name = section.Key ?? section.ReadOwn(UpstreamKeys.UpstreamPathTemplate) ?? section.Path;
        var builder = new RouteBuilder(name, snapshot) { Placeholders = upstream?.Names ?? new HashSet<string>() };
        foreach (var feature in features.Routes) feature.Compile(section, builder);
        if (upstream is null || downstream is null || builder.Source is null || builder.Balancer is null) return null;

        var route = new Route(name, section.Path, snapshot.Refusals, downstream)
        {
            Template = upstream.Template.Text,
            IsProtected = builder.IsProtected,
        };
        snapshot.Use(builder.Source);
        var pipeline = Assemble(builder.Steps, engine.Build(builder, options).ForwardAsync);
        return upstream.Entry(new CompiledRoute(route, pipeline, builder.Preflight));
    }

    private static DownstreamTemplate? CompileDownstream(RouteSection section, Upstream? upstream) =>
        section.ReadOwn(ForwardingKeys.DownstreamPathTemplate) is { } text && upstream is not null ? new DownstreamTemplate(text) : null;

    private static RouteDelegate Assemble(IReadOnlyList<IRouteStep> steps, RouteDelegate last)
    {
        var next = last;
        foreach (var step in steps.Reverse()) next = Before(step, next);
        return next;

        static RouteDelegate Before(IRouteStep step, RouteDelegate next) => exchange => step.InvokeAsync(exchange, next);
    }
}
