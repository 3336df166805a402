using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Runtime;

namespace Gateway.Commands.Lints;

/// <summary>
/// Finds routes that no request can reach, by asking the table for requests made to fit: placeholders filled with words that no other
/// template would name. Where another route takes all of them, it takes everything.
/// </summary>
internal sealed partial class ShadowedRoutes : ILint
{
    private const string Word = "zq7w";
    private const string Words = "zq7w/zq8w";
    private const string NoHost = "zq7w.invalid";
    private static readonly string[] AnyVerb = ["GET", "POST", "ZQ7W"];

    public void Look(LintedDocument document)
    {
        if (document.Table is not { } table) return;
        foreach (var route in document.Routes.Concat(document.Entries.Where(e => e.Section.Level == Levels.Aggregate)))
            if (Thief(route, table) is { } thief) Report(route, thief.Request, thief.Winner);
    }

    private static void Report(EffectiveEntry route, RouteRequest request, CompiledRoute winner) => route.Section.Warning(
        "UpstreamPathTemplate",
        $"no request can reach this entry: {request.Method} {Shown(request)} goes to {winner.Route.Path} ({winner.Route.Template})",
        $"Move it before {winner.Route.Path}, give it a higher Priority, or remove it", ProblemCodes.Unreachable);

    private static (RouteRequest Request, CompiledRoute Winner)? Thief(EffectiveEntry route, RouteTable<CompiledRoute> table)
    {
        (RouteRequest Request, CompiledRoute Winner)? first = null;
        foreach (var request in Requests(route))
        {
            var match = table.Match(request);
            // Nothing at all: the request was badly made, and proves nothing.
            if (!match.Found || match.Route.Route.Path == route.Section.Path) return null;
            first ??= (request, match.Route);
        }
        return first;
    }

    private static IEnumerable<RouteRequest> Requests(EffectiveEntry route)
    {
        if (route.Text("UpstreamPathTemplate") is not { } template) yield break;
        var host = route.Text("UpstreamHost")?.Replace("*", "zq7w", StringComparison.Ordinal) ?? NoHost;
        var headers = new HeaderDictionary();
        if (route.Find("UpstreamHeaderTemplates") is ObjectNode templates)
            foreach (var header in templates.Members)
                if (header.Value is ScalarNode text) headers[header.Name] = Placeholder.Replace(text.Text, Word);

        string[] verbs = [.. route.Texts("UpstreamHttpMethod").Select(v => v.Text.Trim().ToUpperInvariant())];
        if (verbs.Length == 0) verbs = route.Section.Level == Levels.Aggregate ? ["GET"] : AnyVerb;
        string[] targets = [Placeholder.Replace(template, Word), Placeholder.Replace(LastPlaceholder.Replace(template, Words), Word)];
        foreach (var filled in targets)
        {
            var query = filled.IndexOf('?', StringComparison.Ordinal);
            var path = query < 0 ? filled : filled[..query];
            foreach (var verb in verbs)
                yield return new RouteRequest(verb, host, RequestPath.From(path, "", path), query < 0 ? "" : filled[query..], headers);
        }
    }

    private static string Shown(RouteRequest request)
    {
        var host = request.Host == NoHost ? "" : $"//{request.Host}";
        var headers = string.Concat(request.Headers.Select(h => $" with {h.Key}: {h.Value}"));
        return $"{host}{request.Path}{request.Query}{headers}";
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"\{[^{}]*\}(?=$|\?)")]
    private static partial Regex LastPlaceholder { get; }
}
