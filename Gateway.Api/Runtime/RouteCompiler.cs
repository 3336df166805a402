using Gateway.Configuration;
using Gateway.Forwarding;
using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>Makes one entry of <c>Routes</c> into what the table matches and the pipeline it leads to.</summary>
internal sealed class RouteCompiler(FeatureSet features, ForwardingEngine engine)
{
    /// <returns>Null after a problem that leaves nothing to serve; other problems are in the list all the same.</returns>
    public RouteDefinition<CompiledRoute>? Compile(RouteSection section, SnapshotBuilder snapshot)
    {
        var rule = UpstreamCompiler.Compile(section);
        var options = ForwardingOptions.Compile(section);
        var builder = new RouteBuilder(NameOf(section), snapshot)
        {
            Identity = IdentityOf(section),
            Placeholders = rule?.PlaceholderNames.ToHashSet() ?? [],
            Scheme = options.Scheme,
        };
        foreach (var feature in features.Routes) feature.Compile(section, builder);
        var downstream = CompileDownstream(section, builder, isComplete: rule is not null);
        if (rule is null || downstream is null || builder.Source is null || builder.Balancer is null) return null;

        var route = new Route(builder.Name, section.Path, snapshot.Refusals, downstream)
        {
            Template = rule.Template.Text,
            IsProtected = builder.IsProtected,
            Metadata = builder.Metadata,
        };
        snapshot.Use(builder.Source);
        var parts = new RouteParts([.. builder.Steps], builder.Source, options.Scheme, options.Method);
        var pipeline = Assemble(builder.Steps, engine.Build(builder, options).ForwardAsync);
        return new RouteDefinition<CompiledRoute>(rule, new CompiledRoute(route, pipeline, parts, builder.Preflight));
    }

    private static string NameOf(RouteSection section) =>
        section.Key ?? section.ReadOwn(UpstreamKeys.UpstreamPathTemplate) ?? section.Path;

    // Routes may share a name, being one path for several verbs, or a group under one key.
    private static string IdentityOf(RouteSection section)
    {
        var verbs = (section.ReadOwn(UpstreamKeys.UpstreamHttpMethod) ?? []).Select(v => v.ToUpperInvariant()).Order(StringComparer.Ordinal);
        var headers = (section.ReadOwn(UpstreamKeys.UpstreamHeaderTemplates) ?? new Dictionary<string, string>())
            .Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.OrdinalIgnoreCase);
        return string.Join('\n',
        [
            NameOf(section), section.ReadOwn(UpstreamKeys.UpstreamPathTemplate), section.ReadOwn(UpstreamKeys.UpstreamHost),
            string.Join(',', verbs), .. headers,
        ]);
    }

    private static DownstreamTemplate? CompileDownstream(RouteSection section, RouteBuilder builder, bool isComplete)
    {
        if (section.ReadOwn(ForwardingKeys.DownstreamPathTemplate) is not { } text)
        {
            if (!section.Has(ForwardingKeys.DownstreamPathTemplate) || section.IsEmptyText(ForwardingKeys.DownstreamPathTemplate))
                section.Error("DownstreamPathTemplate", "is missing: nothing says what to ask the service for",
                    "Write \"DownstreamPathTemplate\": \"/…\"", ProblemCodes.Missing);
            return null;
        }
        if (!isComplete) return null; // what the placeholders may be isn't known
        var faults = new List<TemplateFault>();
        _ = DownstreamTemplate.TryParse(text, builder.Placeholders, out var template, faults);
        section.Report("DownstreamPathTemplate", faults);
        return template;
    }

    private static RouteDelegate Assemble(IReadOnlyList<IRouteStep> steps, RouteDelegate last)
    {
        var next = last;
        foreach (var step in steps.Reverse()) next = Before(step, next);
        return next;

        static RouteDelegate Before(IRouteStep step, RouteDelegate next) => exchange => step.InvokeAsync(exchange, next);
    }
}
