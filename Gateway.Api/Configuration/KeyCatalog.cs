using System.Collections.Frozen;

namespace Gateway.Configuration;

/// <summary>Every key that some room reads. A key that isn't here is an unknown key.</summary>
internal sealed class KeyCatalog
{
    private readonly FrozenDictionary<string, SectionKey> _byName;

    /// <exception cref="ArgumentException">Two rooms claim one name.</exception>
    public KeyCatalog(IEnumerable<SectionKey> keys)
    {
        Keys = [.. keys];
        _byName = Keys
            .SelectMany(k => k.FormerName is null ? [(k.Name, k)] : new[] { (k.Name, k), (k.FormerName, k) })
            .ToFrozenDictionary(p => p.Item1, p => p.k, StringComparer.OrdinalIgnoreCase);
        Unread = new UnreadKeys(this);
    }

    public IReadOnlyList<SectionKey> Keys { get; }

    public UnreadKeys Unread { get; }

    /// <summary>Keys that anybody may write anywhere: comments, <c>$schema</c>, extensions of other tools.</summary>
    public static bool IsFree(string name) =>
        name.StartsWith('_') || name.StartsWith('$') || name.StartsWith("x-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The key of that present or former name, wherever it may stand.</summary>
    public SectionKey? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The keys that may stand at one level.</summary>
    public IEnumerable<SectionKey> At(Levels level) => Keys.Where(k => k.Levels.HasFlag(level));

    /// <summary>The keys whose options have a property of that name.</summary>
    public IEnumerable<SectionKey> Holding(string property) => Keys.Where(k => k.Options?.Find(property) is not null);
}
