using System.Text.RegularExpressions;

namespace Gateway.Routing;

internal sealed record RouteEntry<T>(PathTemplate Template, string? Host, IReadOnlyList<string> Methods, int Priority, T Payload);
internal readonly record struct RouteRequest(string? Host, string Method, string Path, string Query, IHeaderDictionary Headers);
internal sealed record RouteMatch<T>(T Payload, RouteValues Values);

internal sealed class PathTemplate(string text)
{
    public string Text { get; } = text;
    public IReadOnlySet<string> Names { get; } = Regex.Matches(text, @"\{([^}]+)\}").Select(m => m.Groups[1].Value).ToHashSet();
    public Regex Pattern { get; } = new("^" + Regex.Replace(Regex.Escape(text.Split('?')[0]), @"\\\{([^}]+)}", m => $"(?<{m.Groups[1].Value}>.*?)") + "$", RegexOptions.IgnoreCase);
}

internal static class RequestPath
{
    public static string Canonical(string rawTarget, string path, string pathBase) => rawTarget.Split('?')[0];
}

internal sealed class RouteTable<T>(List<RouteEntry<T>> entries)
{
    public static RouteTable<T> Build(List<RouteEntry<T>> entries) => new([.. entries.OrderByDescending(e => e.Priority)]);

    public RouteMatch<T>? Match(RouteRequest request)
    {
        foreach (var entry in entries)
        {
            if (entry.Methods.Count > 0 && !entry.Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase)) continue;
            var match = entry.Template.Pattern.Match(request.Path);
            if (!match.Success) continue;
            var values = new RouteValues();
            foreach (var name in entry.Template.Names) values.Set(name, match.Groups[name].Value);
            return new RouteMatch<T>(entry.Payload, values);
        }
        return null;
    }
}

internal sealed class DownstreamTemplate(string text)
{
    public string Build(RouteValues values, string path, string query) =>
        Regex.Replace(text, @"\{([^}]+)\}", m => values.TryGet(m.Groups[1].Value, out var v) ? v : "") + query;
}
