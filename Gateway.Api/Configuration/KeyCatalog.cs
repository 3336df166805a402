using System.Collections.Frozen;

namespace Gateway.Configuration;

/// <summary>Every key that some room reads, and what is to be said about a key that none does.</summary>
internal sealed class KeyCatalog
{
    private readonly FrozenDictionary<string, SectionKey> _byName;

    public KeyCatalog(IEnumerable<SectionKey> keys)
    {
        Keys = [.. keys];
        _byName = Keys
            .SelectMany(k => k.FormerName is null ? [(k.Name, k)] : new[] { (k.Name, k), (k.FormerName, k) })
            .ToFrozenDictionary(p => p.Item1, p => p.k, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<SectionKey> Keys { get; }

    /// <summary>Keys that anybody may write anywhere: comments, <c>$schema</c>, extensions of other tools.</summary>
    public static bool IsFree(string name) =>
        name.StartsWith('_') || name.StartsWith('$') || name.StartsWith("x-", StringComparison.OrdinalIgnoreCase);

    public SectionKey? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Says why <paramref name="member"/> has no effect at <paramref name="level"/>, and where or how it would have one.</summary>
    public void ReportUnread(Member member, string path, Levels level, ProblemList problems)
    {
        if (FormerKeys.Instead(member.Name) is { } instead)
            problems.Error(ProblemCodes.UnknownKey, member.NameOrigin, path, $"'{member.Name}' is a key of old versions of Ocelot", instead);
        else if (Find(member.Name) is { } elsewhere)
            problems.Error(ProblemCodes.MisplacedKey, member.NameOrigin, path,
                $"'{elsewhere.Name}' has no effect in {Place(level)}", $"It belongs to {Places(elsewhere.Levels)}");
        else if (Inside(member.Name, level) is { } section)
            problems.Error(ProblemCodes.MisplacedKey, member.NameOrigin, path,
                $"'{member.Name}' has no effect here", $"Put it inside '{section.Name}'");
        else
        {
            var nearest = Spelling.Nearest(member.Name, Keys.Where(k => k.Levels.HasFlag(level)).Select(k => k.Name));
            problems.Error(ProblemCodes.UnknownKey, member.NameOrigin, path, $"nothing reads the key '{member.Name}' here",
                nearest is null ? "Remove it, or begin its name with '_' if it is a remark" : $"Did you mean '{nearest}'?");
        }
    }

    private SectionKey? Inside(string name, Levels level) => Keys.FirstOrDefault(k =>
        k.Levels.HasFlag(level) && IsOptions(k.Type) && OptionsShape.Of(k.Type).Find(name) is not null);

    private static bool IsOptions(Type type) => type.IsClass && type != typeof(string) && !type.IsAssignableTo(typeof(DocumentNode));

    private static string Place(Levels level) => level switch
    {
        Levels.Route => "a route",
        Levels.DynamicRoute => "a dynamic route",
        Levels.Aggregate => "an aggregate",
        _ => "GlobalConfiguration",
    };

    private static string Places(Levels levels) =>
        string.Join(" or ", new[] { Levels.Route, Levels.DynamicRoute, Levels.Aggregate, Levels.Global }.Where(l => levels.HasFlag(l)).Select(Place));
}
