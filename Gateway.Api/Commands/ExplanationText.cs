using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Routing;
using Gateway.Runtime;

namespace Gateway.Commands;

/// <summary>Writes down for people what would become of a request.</summary>
internal sealed class ExplanationText(TextWriter output, OcelotDocument document)
{
    public async Task WriteAsync(RouteRequest request, string scheme, RequestPreview preview)
    {
        await output.WriteLineAsync($"{request.Method} {scheme}://{request.Host}{request.Path}{request.Query}");
        await output.WriteLineAsync();
        if (preview.Route is { } route)
        {
            await output.WriteLineAsync($"  route         {Name(route)}");
            foreach (var (name, value) in preview.Values) await output.WriteLineAsync($"                {{{name}}} = {(value.Length == 0 ? "(empty)" : value)}");
            await output.WriteLineAsync($"  steps         {Steps(route)}");
            await WriteOutcomeAsync(route, scheme, preview);
        }
        else await output.WriteLineAsync("  route         none: 404");

        var others = preview.Verdicts.Where(v => v.Outcome != RouteOutcome.Chosen).ToArray();
        if (others.Length > 0) await output.WriteLineAsync("\n  Others whose path fits:");
        foreach (var verdict in others) await output.WriteLineAsync($"  - {Name(verdict.Definition.Route)}: {verdict.Reason}");
    }

    private async Task WriteOutcomeAsync(CompiledRoute route, string scheme, RequestPreview preview)
    {
        var source = route.Parts.Source;
        if (preview.Status is { } status)
        {
            var why = status == StatusCodes.Status401Unauthorized && preview.Answer.Length == 0
                ? "the route asks for a token; say what is in it by --claim type=value"
                : preview.Answer;
            await output.WriteLineAsync($"  answer        {status}: {why}");
        }
        else if (source is null)
        {
            await output.WriteLineAsync("  answers       by the routes that its RouteKeys name");
            return;
        }
        else
        {
            var first = source.Current.Count > 0 ? source.Current[0] : null;
            var authority = first?.Authority ?? $"({source.State.Service})";
            await output.WriteLineAsync($"  sends         {preview.Method} {route.Parts.Scheme ?? first?.Scheme ?? scheme}://{authority}{preview.Target}");
            foreach (var (name, value) in preview.Headers) await output.WriteLineAsync($"                {name}: {value ?? "(removed)"}");
        }
        if (source is not null) await output.WriteLineAsync($"  destinations  {Destinations(source)}");
    }

    private string Name(CompiledRoute route)
    {
        var place = document.Routes.Concat(document.Aggregates).Concat(document.DynamicRoutes).FirstOrDefault(s => s.Path == route.Route.Path)?.Node.Origin;
        return $"{route.Route.Path} {route.Route.Template}{(route.Route.Name == route.Route.Template ? "" : $" \"{route.Route.Name}\"")}{(place is { } at ? $" ({at})" : "")}";
    }

    private static string Steps(CompiledRoute route)
    {
        var names = route.Parts.StepNames.ToArray();
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }

    private static string Destinations(IDestinationSource source) => source.Current.Count > 0
        ? string.Join(", ", source.Current)
        : $"the instances of {source.State.Service}, found by {source.State.Provider}";
}
