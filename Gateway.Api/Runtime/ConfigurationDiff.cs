using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>
/// Compares two configurations by what holds for each route. Entries are the same where their key is, else where they are for the same
/// requests. Where both compile, requests made from the old routes also tell which of them go elsewhere now.
/// </summary>
/// <param name="catalog">The keys that both are written in.</param>
/// <param name="old">The table of the first, where it compiles.</param>
/// <param name="now">The table of the second, where it compiles.</param>
internal sealed class ConfigurationDiff(
    OcelotDocument before, OcelotDocument after, KeyCatalog catalog, RouteTable<CompiledRoute>? old, RouteTable<CompiledRoute>? now)
{
    private readonly EffectiveDocument _before = new(before, catalog);
    private readonly EffectiveDocument _after = new(after, catalog);

    public IEnumerable<string> Lines() =>
    [
        .. Entries(_before.Routes, _after.Routes),
        .. Entries(_before.DynamicRoutes, _after.DynamicRoutes),
        .. Entries(_before.Aggregates, _after.Aggregates),
        .. Settings("GlobalConfiguration", Global(_before), Global(_after)),
        .. Detours(),
    ];

    private static IEnumerable<string> Entries(IReadOnlyList<EffectiveEntry> before, IReadOnlyList<EffectiveEntry> after)
    {
        var keyed = ByText(after, e => e.Section.Key);
        var identified = ByText(after, Identity);
        var met = new HashSet<EffectiveEntry>(ReferenceEqualityComparer.Instance);
        foreach (var entry in before)
        {
            var same = First(keyed, entry.Section.Key) ?? First(identified, Identity(entry));
            if (same is null)
            {
                yield return $"- {Name(entry)}";
                continue;
            }
            met.Add(same);
            foreach (var line in Settings(Name(same), Flat(entry.Node), Flat(same.Node))) yield return line;
        }
        foreach (var entry in after.Where(e => !met.Contains(e))) yield return $"+ {Name(entry)}";

        EffectiveEntry? First(Dictionary<string, List<EffectiveEntry>> entries, string? text) =>
            text is not null && entries.TryGetValue(text, out var found) ? found.Find(e => !met.Contains(e)) : null;
    }

    private static Dictionary<string, List<EffectiveEntry>> ByText(IReadOnlyList<EffectiveEntry> entries, Func<EffectiveEntry, string?> text) => entries
        .Where(e => text(e) is not null)
        .GroupBy(e => text(e)!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    private static IEnumerable<string> Settings(string name, SortedDictionary<string, string> before, SortedDictionary<string, string> after)
    {
        var changes = before.Keys.Union(after.Keys).Where(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k)).ToArray();
        if (changes.Length == 0) yield break;
        yield return $"~ {name}";
        foreach (var key in changes.Order(StringComparer.Ordinal))
            yield return $"    {key}: {before.GetValueOrDefault(key, "(none)")} -> {after.GetValueOrDefault(key, "(none)")}";
    }

    /// <summary>Requests that another route takes than before, although the one they were made for is still there.</summary>
    private IEnumerable<string> Detours()
    {
        if (old is null || now is null) yield break;
        foreach (var entry in _before.Routes)
        {
            if (SampleRequest.Of(entry) is not { } request) continue;
            var (was, next) = (old.Match(request), now.Match(request));
            if (!was.Found || !next.Found || was.Route.Route.Name == next.Route.Route.Name || was.Route.Route.Template == next.Route.Route.Template) continue;
            yield return $"! {request.Method} {request.Path}{request.Query} went to {was.Route.Route.Path} ({was.Route.Route.Template}), "
                + $"and goes to {next.Route.Route.Path} ({next.Route.Route.Template})";
        }
    }

    private SortedDictionary<string, string> Global(EffectiveDocument document) => Flat(new ObjectNode(default,
        [.. document.Global.Where(m => catalog.Find(m.Name)!.Levels == Levels.Global)]));

    private static SortedDictionary<string, string> Flat(ObjectNode node)
    {
        var flat = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(Secrets.Mask(node), "");
        return flat;

        void Add(DocumentNode value, string path)
        {
            if (value is ObjectNode map)
                foreach (var member in map.Members) Add(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
            else flat[path] = value is ScalarNode scalar ? Text(scalar) : DocumentWriter.OnOneLine(value);
        }
    }

    // 5 and "5" are the same setting.
    private static string Text(ScalarNode scalar) =>
        double.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out _) || bool.TryParse(scalar.Text, out _) ? scalar.Text : scalar.ToString();

    private static string Identity(EffectiveEntry entry) =>
        $"{entry.Text("UpstreamHost")} {entry.Text("UpstreamPathTemplate") ?? entry.Text("ServiceName")} "
        + $"{string.Join(',', entry.Texts("UpstreamHttpMethod").Select(v => v.Text.ToUpperInvariant()).Order(StringComparer.Ordinal))} "
        + (entry.Find("UpstreamHeaderTemplates") is { } headers ? DocumentWriter.OnOneLine(headers) : "");

    private static string Name(EffectiveEntry entry)
    {
        var verbs = string.Join(", ", entry.Texts("UpstreamHttpMethod").Select(v => v.Text.ToUpperInvariant()));
        var what = entry.Text("UpstreamPathTemplate") ?? entry.Text("ServiceName") ?? "";
        return $"{entry.Section.Path} {(verbs.Length > 0 ? verbs + " " : "")}{entry.Text("UpstreamHost")}{what}{(entry.Section.Key is { } key ? $" \"{key}\"" : "")}";
    }
}
