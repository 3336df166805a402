namespace Gateway.Configuration;

/// <summary>
/// What has to hold between the entries of a document, whatever features they use: no two for the same requests, and no name that leads
/// nowhere (contract 01 §6, rules 7 to 10, and 00). Works on names alone, as Ocelot does.
/// </summary>
internal sealed class DocumentRules(OcelotDocument document, KeyCatalog catalog, ProblemList problems)
{
    private readonly Dictionary<string, List<RouteSection>> _byKey = document.Routes.Concat(document.DynamicRoutes)
        .Where(s => s.Key is not null)
        .GroupBy(s => s.Key!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    public void Check()
    {
        RefuseTwins();
        foreach (var key in catalog.At(Levels.Global)) CheckGroup(key);
        foreach (var aggregate in document.Aggregates) CheckMembers(aggregate);
    }

    private void RefuseTwins()
    {
        var places = new Dictionary<string, List<UpstreamIdentity>>(StringComparer.Ordinal);
        foreach (var section in document.Routes.Concat(document.Aggregates))
        {
            if (UpstreamIdentity.Of(section) is not { } entry) continue;
            if (!places.TryGetValue(entry.Place, out var earlier)) places[entry.Place] = earlier = [];
            if (earlier.Find(entry.IsTwinOf) is { } twin)
                section.Error("UpstreamPathTemplate",
                    $"{twin.Section.Path} at {twin.Section.Node.Origin} is for the same requests, so that this entry could never be reached",
                    "Remove one of the two, or tell them apart by UpstreamHost, UpstreamHttpMethod or UpstreamHeaderTemplates", ProblemCodes.Duplicate);
            earlier.Add(entry);
        }
    }

    /// <summary>A group of a global section names routes by their keys; a name that is misspelt would leave its route without the section.</summary>
    private void CheckGroup(SectionKey key)
    {
        if (document.Global.Node.Find(key.Name)?.Value is not ObjectNode section || section.Find("RouteKeys") is not { } group) return;
        foreach (var (name, place) in Names(group.Value))
        {
            if (_byKey.ContainsKey(name.Text)) continue;
            problems.Error(ProblemCodes.UnknownReference, name.Origin, $"GlobalConfiguration.{key.Name}.RouteKeys{place}",
                $"no route has the key \"{name.Text}\", so that the section would be left out without a word", Instead(name.Text));
        }
    }

    private void CheckMembers(RouteSection aggregate)
    {
        var keys = aggregate.Node.Find("RouteKeys")?.Value is { } list ? Names(list).ToArray() : [];
        if (keys.Length == 0)
            aggregate.Warning("RouteKeys", "the aggregate is made of no routes, and answers with nothing", "Write \"RouteKeys\": [ … ] with the keys of at least one route", ProblemCodes.Missing);
        foreach (var (name, place) in keys)
        {
            var found = _byKey.GetValueOrDefault(name.Text)?.Count(s => s.Level == Levels.Route) ?? 0;
            if (found == 0)
                aggregate.Error($"RouteKeys{place}", $"no route has the key \"{name.Text}\"", Instead(name.Text), ProblemCodes.UnknownReference);
            else if (found > 1)
                aggregate.Error($"RouteKeys{place}", $"{found} routes have the key \"{name.Text}\"", "Give each of them a key of its own", ProblemCodes.Duplicate);
        }
        if (aggregate.Node.Find("RouteKeysConfig")?.Value is not ArrayNode configs) return;
        for (var i = 0; i < configs.Items.Count; i++)
        {
            if ((configs.Items[i] as ObjectNode)?.Find("RouteKey")?.Value is ScalarNode { Scalar: ScalarKind.String } name
                && !keys.Any(k => k.Name.Text == name.Text))
                aggregate.Error($"RouteKeysConfig[{i}].RouteKey", $"\"{name.Text}\" is none of this aggregate's RouteKeys",
                    Spelling.Nearest(name.Text, keys.Select(k => k.Name.Text)) is { } nearest ? $"Did you mean \"{nearest}\"?" : "Add it to RouteKeys, or remove the entry",
                    ProblemCodes.UnknownReference);
        }
    }

    private string Instead(string name) => Spelling.Nearest(name, _byKey.Keys) is { } nearest
        ? $"Did you mean \"{nearest}\"?"
        : $"Write \"Key\": \"{name}\" into the route that is meant, or remove the name";

    private static IEnumerable<(ScalarNode Name, string Place)> Names(DocumentNode list)
    {
        if (list is ScalarNode { Scalar: ScalarKind.String, Text.Length: > 0 } single) yield return (single, "");
        if (list is not ArrayNode array) yield break;
        for (var i = 0; i < array.Items.Count; i++)
            if (array.Items[i] is ScalarNode { Scalar: ScalarKind.String, Text.Length: > 0 } name) yield return (name, $"[{i}]");
    }
}
