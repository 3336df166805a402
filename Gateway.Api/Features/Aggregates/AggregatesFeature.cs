using Gateway.Configuration;
using Gateway.Features.Aggregates.Defined;
using Gateway.Features.Aggregates.JsonPaths;
using Gateway.Features.Aggregates.Members;
using Gateway.Pipeline;

namespace Gateway.Features.Aggregates;

/// <summary>Makes an entry of <c>Aggregates</c> answer by the routes that it names (contract 02 §7, 00).</summary>
internal sealed class AggregatesFeature(IEnumerable<AggregatorRegistration> aggregators) : IRouteFeature
{
    /// <summary>The <c>Key</c>s of the members, in the order of the answer.</summary>
    private static readonly SectionKey<IReadOnlyList<string>?> RouteKeys = new("RouteKeys", Levels.Aggregate);

    /// <summary>Members that are called once for each value in the first one's answer.</summary>
    private static readonly SectionKey<IReadOnlyList<RouteKeyConfig>?> Configs = new("RouteKeysConfig", Levels.Aggregate);

    /// <summary>The class of a registered aggregator; default: one JSON object of all answers.</summary>
    private static readonly SectionKey<string?> Aggregator = new("Aggregator", Levels.Aggregate);

    private readonly IReadOnlyList<AggregatorRegistration> _aggregators = [.. aggregators];

    public IReadOnlyList<SectionKey> Keys { get; } = [RouteKeys, Configs, Aggregator];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level != Levels.Aggregate) return;

        var aggregator = FindAggregator(section, route);
        var keys = (section.ReadOwn(RouteKeys) ?? []).Distinct(StringComparer.Ordinal).ToArray();
        var dependent = ReadConfigs(section, keys);
        var members = keys.Select(key => Member(key, dependent.GetValueOrDefault(key), section, route)).OfType<AggregateMember>().ToArray();
        if (aggregator is null || members.Length < keys.Length) return; // has been reported

        route.Answer = members switch
        {
            [] => static _ => Task.CompletedTask,
            [var only] when aggregator is JsonAggregator => only.Call.ForwardAsync,
            _ => new Aggregate(members, aggregator).AnswerAsync,
        };
    }

    private IAggregator? FindAggregator(RouteSection section, RouteBuilder route)
    {
        if (section.ReadOwn(Aggregator) is not { } name) return new JsonAggregator();
        if (_aggregators.LastOrDefault(a => a.Name == name) is { } found) return new DefinedAggregator(found.Make(route.Snapshot.Services));

        var known = _aggregators.Select(a => a.Name).Order(StringComparer.Ordinal).ToArray();
        section.Error("Aggregator", $"no aggregator is called '{name}'",
            Spelling.Nearest(name, known) is { } nearest ? $"Did you mean '{nearest}'?"
            : known.Length > 0 ? $"The aggregators are {string.Join(", ", known)}"
            : "Remove it for one JSON object of all answers, or register a class of that name",
            ProblemCodes.UnknownReference);
        return null;
    }

    private static Dictionary<string, DependentMember> ReadConfigs(RouteSection section, string[] keys)
    {
        var dependent = new Dictionary<string, DependentMember>(StringComparer.Ordinal);
        var configs = section.ReadOwn(Configs) ?? [];
        for (var i = 0; i < configs.Count; i++)
        {
            var (config, place) = (configs[i], $"RouteKeysConfig[{i}]");
            if (config is not { RouteKey: { } key, JsonPath: { } text, Parameter: { } parameter })
                section.Error(place, "needs RouteKey, JsonPath and Parameter", "Write all three", ProblemCodes.Missing);
            else if (!JsonPath.TryParse(text, out var path, out var fault))
                section.Error($"{place}.JsonPath", $"\"{text}\" is no JSONPath: {fault}", "Write a path such as $[*].id");
            else if (keys is [var first, ..] && key == first)
                section.Error($"{place}.RouteKey", $"\"{key}\" is called first, so it can't depend on its own answer",
                    "Put the route that the values come from first in RouteKeys", ProblemCodes.Conflict);
            else if (!dependent.TryAdd(key, new DependentMember(path, parameter, i)))
                section.Error($"{place}.RouteKey", $"\"{key}\" has an entry already, and Ocelot reads the first alone", "Keep one of the two", ProblemCodes.Duplicate);
        }
        return dependent;
    }

    private static AggregateMember? Member(string key, DependentMember? needs, RouteSection section, RouteBuilder route)
    {
        if (!route.Snapshot.Members.TryGetValue(key, out var member)) return null; // unknown names have been reported
        if (member.Section.Has("RequestIdKey"))
            section.Error(section.PathOf("RouteKeys", key), $"the route \"{key}\" has a RequestIdKey of its own, and an aggregate's members share one request",
                "Write the RequestIdKey in GlobalConfiguration", ProblemCodes.Conflict);

        var placeholders = route.Placeholders.ToHashSet(StringComparer.Ordinal);
        if (needs is not null) placeholders.Add(needs.Parameter);
        if (member.Compile(placeholders) is not { } pipeline) return null;
        foreach (var name in pipeline.Unresolved)
            section.Error(section.PathOf("RouteKeys", key), $"the route \"{key}\" asks for '{{{name}}}', which nothing gives a value here",
                $"Add '{{{name}}}' to this UpstreamPathTemplate, or an entry with it as Parameter to RouteKeysConfig");
        if (needs is not null && !pipeline.Names.Contains(needs.Parameter))
            section.ErrorUnlessTolerant($"RouteKeysConfig[{needs.Index}].Parameter", $"the route \"{key}\" doesn't ask for '{{{needs.Parameter}}}', so that all its calls would be alike",
                $"Write '{{{needs.Parameter}}}' into its DownstreamPathTemplate");
        return pipeline is { Route: { } compiled, InvokeAsync: { } invoke } ? new AggregateMember(new MemberCall(key, compiled, invoke), needs) : null;
    }
}
