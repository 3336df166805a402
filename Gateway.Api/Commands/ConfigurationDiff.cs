using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>
/// Compares two configurations by what holds for each route. Entries are the same where their key is, else where they are for the same
/// requests. Where both compile, requests made from the old routes also tell which of them go elsewhere now.
/// </summary>
internal sealed class ConfigurationDiff(Inspection before, Inspection after)
{
    private readonly EffectiveDocument _before = new(before.Document!, before.Catalog);
    private readonly EffectiveDocument _after = new(after.Document!, after.Catalog);

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
        var left = after.ToList();
        foreach (var entry in before)
        {
            var same = left.Find(e => e.Section.Key is not null && e.Section.Key == entry.Section.Key) ?? left.Find(e => Identity(e) == Identity(entry));
            if (same is null)
            {
                yield return $"- {Name(entry)}";
                continue;
            }
            left.Remove(same);
            foreach (var line in Settings(Name(same), Flat(entry.Node), Flat(same.Node))) yield return line;
        }
        foreach (var entry in left) yield return $"+ {Name(entry)}";
    }

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
        if (before.Snapshot is not { } old || after.Snapshot is not { } now) yield break;
        foreach (var entry in _before.Routes)
        {
            if (SampleRequest.Of(entry) is not { } request) continue;
            var (was, next) = (old.Table.Match(request), now.Table.Match(request));
            if (!was.Found || !next.Found || was.Route.Route.Name == next.Route.Route.Name || was.Route.Route.Template == next.Route.Route.Template) continue;
            yield return $"! {request.Method} {request.Path}{request.Query} went to {was.Route.Route.Path} ({was.Route.Route.Template}), "
                + $"and goes to {next.Route.Route.Path} ({next.Route.Route.Template})";
        }
    }

    private SortedDictionary<string, string> Global(EffectiveDocument document) => Flat(new ObjectNode(default,
        [.. document.Global.Where(m => before.Catalog.Find(m.Name)!.Levels == Levels.Global)]));

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
