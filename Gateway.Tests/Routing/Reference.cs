using System.Text.RegularExpressions;

namespace Gateway.Tests.Routing;

/// <summary>
/// The matching rules of contract 02 (as 00-decisions has them) in the plainest form: every route is asked in turn, its template turned
/// into a regular expression. Slow, and easy to compare with the contract. Knows nothing of percent-encoding; tests give it plain text.
/// </summary>
internal sealed class Reference(IReadOnlyList<RouteText> routes)
{
    private readonly (RouteText Text, Regex Path, Regex? Query)[] _routes =
        [.. routes.Select(route => (route, PathOf(route), QueryOf(route)))];

    /// <summary>The index of the route that takes the request, or -1.</summary>
    public int Match(RequestText request)
    {
        var fitting = Enumerable.Range(0, _routes.Length)
            .Where(index => Fits(index, request))
            .OrderByDescending(index => PriorityOf(_routes[index].Text))
            .ThenBy(index => index)
            .ToList();
        var withHost = fitting.FindIndex(index => _routes[index].Text.Host is not null);
        return fitting.Count == 0 ? -1 : fitting[Math.Max(0, withHost)];
    }

    /// <summary>What the placeholders of a route that fits stand for.</summary>
    public Dictionary<string, string> Values(int index, RequestText request)
    {
        var (text, path, query) = _routes[index];
        var values = new Dictionary<string, string>();
        foreach (var (_, pattern) in text.Headers.Select(Split))
            Collect(new Regex(HeaderExpression(pattern)).Match(Split(request.Headers[0]).Value), values);
        Collect(path.Match(request.Path), values);
        if (query is not null) Collect(query.Match(QueryText(request)), values, value => value.Split('&')[0]);
        if (text.Template.EndsWith("?{z}", StringComparison.Ordinal)) values["z"] = "";
        return values;
    }

    private bool Fits(int index, RequestText request)
    {
        var (text, path, query) = _routes[index];
        return path.IsMatch(request.Path)
            && (query is null || query.IsMatch(QueryText(request)))
            && (text.Methods.Length == 0 || text.Methods.Split(',').Contains(request.Method, StringComparer.OrdinalIgnoreCase))
            && FitsHost(text.Host, Regex.Replace(request.Host, @":\d+$", ""))
            && text.Headers.Select(Split).All(header => request.Headers.Select(Split).Any(
                sent => sent.Name == header.Name && Regex.IsMatch(sent.Value, $"^({HeaderExpression(header.Value)})$", CaseOf(text))));
    }

    private static bool FitsHost(string? pattern, string host) => pattern switch
    {
        null => true,
        ['*', .. var suffix] => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase),
        _ => host.Equals(pattern, StringComparison.OrdinalIgnoreCase),
    };

    private static int PriorityOf(RouteText route) => Regex.IsMatch(route.Template, @"^/\{\w+\}$") ? 0 : route.Priority;

    private static RegexOptions CaseOf(RouteText route) => route.CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase;

    private static Regex PathOf(RouteText route)
    {
        var (path, query) = SplitQuery(route.Template);
        var slash = path.LastIndexOf('/');
        var (start, last) = (path[..slash], path[(slash + 1)..]);

        string expression;
        if (path == "/") expression = "/";
        else if (last.Length == 0) expression = Expression(start, "[^/]+") + "/?";
        else if (query is not null) expression = Expression(path, "[^/]+") + "/?";
        else if (!last.Contains('{', StringComparison.Ordinal)) expression = Expression(path, "[^/]+");
        else if (start.Length > 0 && Regex.IsMatch(last, @"^(\{\w+\})+$"))
            expression = $"{Expression(start, "[^/]+")}(?:/{Expression(last, ".*")})?";
        else expression = $"{Expression(start, "[^/]+")}/{Expression(last, ".*")}";
        return new Regex($"^{expression}$", CaseOf(route));
    }

    private static Regex? QueryOf(RouteText route)
    {
        if (SplitQuery(route.Template).Query is not { } query) return null;
        var expression = Expression(query, ".*?");
        return new Regex($"^{expression}$", CaseOf(route));
    }

    /// <summary>The text with its placeholders replaced by a group of the same name, everything else taken literally.</summary>
    private static string Expression(string text, string placeholder) =>
        string.Concat(Regex.Split(text, @"(\{\w+\})").Select(
            piece => piece is ['{', ..] ? $"(?<{piece[1..^1]}>{placeholder})" : Regex.Escape(piece)));

    private static string HeaderExpression(string pattern) => Regex.Replace(pattern, @"\{header:(\w+)\}", "(?<$1>.+)");

    private static void Collect(Match match, Dictionary<string, string> values, Func<string, string>? shorten = null)
    {
        foreach (var group in match.Groups.Values.Where(group => !char.IsAsciiDigit(group.Name[0])))
            values[group.Name] = shorten is null ? group.Value : shorten(group.Value);
    }

    private static string QueryText(RequestText request) => request.Query.Length == 0 ? "" : request.Query[1..];

    private static (string Path, string? Query) SplitQuery(string template) =>
        template.Split('?', 2) is [var path, var query] ? (path, query) : (template, null);

    private static (string Name, string Value) Split(string line) => (line.Split(": ")[0], line.Split(": ")[1]);
}
