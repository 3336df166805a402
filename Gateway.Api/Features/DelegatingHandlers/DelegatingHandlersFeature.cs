using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.DelegatingHandlers;

/// <summary>
/// Puts a route's delegating handlers around its calls (contract 08 §3). Outermost stand the global ones that the route doesn't list: first
/// those registered as global, then those that <c>GlobalConfiguration.DelegatingHandlers</c> names, then those that a section of the route
/// asks for. Inside them stand the route's own, in the order of its list.
/// </summary>
internal sealed class DelegatingHandlersFeature : IRouteFeature
{
    /// <summary>Names of registered handlers; outermost first.</summary>
    private static readonly SectionKey<IReadOnlyList<string>?> Names =
        new("DelegatingHandlers", Levels.Route | Levels.DynamicRoute | Levels.Global);

    private readonly IReadOnlyList<IRouteHandlerFactory> _factories;

    /// <exception cref="InvalidOperationException">Two handlers have the same name.</exception>
    public DelegatingHandlersFeature(IEnumerable<IRouteHandlerFactory> factories)
    {
        _factories = [.. factories];
        var twice = _factories.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"Two delegating handlers are called '{twice.Key}'; a route couldn't tell which it names.");
    }

    public IReadOnlyList<SectionKey> Keys { get; } = [Names];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        // A name that is wrong is wrong even where no route needs it.
        var everywhere = section.Global.Once(this, this, static (global, feature) => feature.Read(global));
        if (section.Level == Levels.Aggregate) return;

        var listed = Read(section);
        if (everywhere.Count + listed.Count == 0 && !_factories.Any(f => f.IsGlobal || f.IsImplied(section))) return;
        var outer = _factories.Where(f => f.IsGlobal).Concat(everywhere).Concat(_factories.Where(f => f.IsImplied(section)));
        foreach (var factory in outer.Except(listed).Concat(listed))
            if (factory.Compile(section, route) is { } handler) route.UseHandler(handler);
    }

    /// <summary>The handlers that a section lists, each once.</summary>
    private List<IRouteHandlerFactory> Read(DocumentSection section)
    {
        if (section.ReadOwn(Names) is not { } names) return [];
        var found = new List<IRouteHandlerFactory>(names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            var factory = _factories.FirstOrDefault(f => f.Name == names[i]);
            if (factory is null) ReportUnknown(names[i], PathOf(section, i), section);
            else if (!found.Contains(factory)) found.Add(factory);
            else
                section.Warning(PathOf(section, i), $"'{names[i]}' is listed twice; it runs once, at its first place", "Remove one of the two");
        }
        return found;
    }

    // An error even where Ocelot's ways were chosen: a handler that is left out may be what protects the route.
    private void ReportUnknown(string name, string path, DocumentSection section)
    {
        var known = _factories.Select(f => f.Name).Order(StringComparer.Ordinal).ToArray();
        section.Error(path, $"no delegating handler is called '{name}'",
            Spelling.Nearest(name, known) is { } nearest ? $"Did you mean '{nearest}'?" : $"The handlers are {string.Join(", ", known)}",
            ProblemCodes.UnknownReference);
    }

    // A single name may stand without a list around it.
    private static string PathOf(DocumentSection section, int index) =>
        section.Node.Find(Names.Name)?.Value is ArrayNode ? $"{Names.Name}[{index}]" : Names.Name;
}
