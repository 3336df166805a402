using Gateway.Configuration;
using Gateway.Forwarding;
using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>Makes one entry of the document into what the table matches and the pipeline it leads to.</summary>
internal sealed class RouteCompiler(FeatureSet features, ForwardingEngine engine)
{
    // What an aggregate would ask for; it asks its members instead.
    private static readonly DownstreamTemplate Nowhere = Parse("/", new HashSet<string>());

    /// <summary>Compiles an entry of <c>Routes</c> or <c>Aggregates</c>.</summary>
    /// <param name="isMember">Whether an aggregate is made of the route, and may give placeholders a value that the route itself doesn't capture.</param>
    /// <returns>Null after a problem that leaves nothing to serve; other problems are in the list all the same.</returns>
    public RouteDefinition<CompiledRoute>? Compile(RouteSection section, SnapshotBuilder snapshot, bool isMember = false)
    {
        var rule = UpstreamCompiler.Compile(section);
        var options = ForwardingOptions.Compile(section);
        var builder = Build(section, snapshot, options, rule?.PlaceholderNames ?? []);
        var downstream = section.Level == Levels.Aggregate
            ? Nowhere
            : CompileDownstream(section, builder.Placeholders, isComplete: rule is not null, isMember);
        if (rule is null || downstream is null || Finish(section, builder, options, downstream, rule.Template.Text) is not { } compiled) return null;
        return new RouteDefinition<CompiledRoute>(rule, compiled);
    }

    /// <summary>Compiles an entry of <c>Routes</c> as a part of an aggregate, which gives its placeholders the names.</summary>
    public MemberPipeline? CompileMember(RouteSection section, SnapshotBuilder snapshot, IReadOnlySet<string> placeholders)
    {
        if (section.ReadOwn(ForwardingKeys.DownstreamPathTemplate) is not { } text || NamesIn(text) is not { } names) return null;
        var options = ForwardingOptions.Compile(section);
        var builder = Build(section, snapshot, options, placeholders);
        var unresolved = names.Where(n => !builder.Placeholders.Contains(n)).ToArray();
        if (unresolved.Length > 0) return new MemberPipeline(unresolved, names);
        return Finish(section, builder, options, Parse(text, builder.Placeholders), template: "") is { } compiled
            ? new MemberPipeline([], names, compiled.Route, compiled.Pipeline)
            : null;
    }

    /// <summary>Compiles an entry of <c>DynamicRoutes</c>, or one that stands for a service without an entry.</summary>
    /// <param name="downstream">Makes the service's path of what follows its name.</param>
    public CompiledRoute? CompileDynamic(RouteSection section, SnapshotBuilder snapshot, DownstreamTemplate downstream)
    {
        var options = ForwardingOptions.Compile(section);
        var builder = Build(section, snapshot, options, []);
        return Finish(section, builder, options, downstream, template: "");
    }

    private RouteBuilder Build(RouteSection section, SnapshotBuilder snapshot, ForwardingOptions options, IEnumerable<string> placeholders)
    {
        var builder = new RouteBuilder(RouteNames.NameOf(section), snapshot)
        {
            Identity = RouteNames.IdentityOf(section),
            Placeholders = [.. placeholders],
            Scheme = options.Scheme,
        };
        foreach (var feature in features.Routes) feature.Compile(section, builder);
        return builder;
    }

    private CompiledRoute? Finish(
        RouteSection section, RouteBuilder builder, ForwardingOptions options, DownstreamTemplate downstream, string template)
    {
        if (builder.Answer is null && (builder.Source is null || builder.Balancer is null)) return null;

        var route = new Route(builder.Name, section.Path, builder.Snapshot.Refusals, downstream)
        {
            Template = template,
            IsProtected = builder.IsProtected,
            Metadata = builder.Metadata,
            Traffic = builder.Share("traffic", static () => new RouteTraffic()),
            MediationPlan = builder.MediationPlan,
        };
        if (builder.Source is not null) builder.Snapshot.Use(builder.Source);
        var parts = new RouteParts([.. builder.Steps], builder.Source, options.Scheme, options.Method) { IsCircuitOpen = builder.IsCircuitOpen };
        var pipeline = Assemble(builder.Steps, builder.Answer ?? engine.Build(builder, options).ForwardAsync);
        return new CompiledRoute(route, pipeline, parts, builder.Preflight);
    }

    private static DownstreamTemplate? CompileDownstream(RouteSection section, HashSet<string> known, bool isComplete, bool isMember)
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
        if (DownstreamTemplate.TryParse(text, known, out var template, faults)) return template;
        if (isMember && NamesIn(text)?.FirstOrDefault(n => !known.Contains(n)) is { } missing)
            section.Warning("DownstreamPathTemplate", $"only an aggregate gives '{{{missing}}}' a value, so the route can't be asked by itself",
                $"Add '{{{missing}}}' to the UpstreamPathTemplate, if it should be");
        else section.Report("DownstreamPathTemplate", faults);
        return null;
    }

    /// <summary>The placeholders of a template, whatever gives them a value; null where it is none.</summary>
    private static string[]? NamesIn(string text) =>
        TemplateReader.Read(text, []) is { } parts ? [.. parts.Where(p => p.IsPlaceholder).Select(p => p.Text)] : null;

    private static DownstreamTemplate Parse(string text, HashSet<string> known) =>
        DownstreamTemplate.TryParse(text, known, out var template, [])
            ? template
            : throw new ArgumentException($"'{text}' is no template.", nameof(text));

    private static RouteDelegate Assemble(IReadOnlyList<IRouteStep> steps, RouteDelegate last)
    {
        var next = last;
        foreach (var step in steps.Reverse()) next = Before(step, next);
        return next;

        static RouteDelegate Before(IRouteStep step, RouteDelegate next) => exchange => step.InvokeAsync(exchange, next);
    }
}
