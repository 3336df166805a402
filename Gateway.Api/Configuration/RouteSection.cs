using System.Collections;

namespace Gateway.Configuration;

/// <summary>One entry of <c>Routes</c>, <c>DynamicRoutes</c> or <c>Aggregates</c>, with the global section behind it.</summary>
internal sealed class RouteSection(
    ObjectNode node, string path, Levels level, KeyCatalog catalog, GlobalSection global, ProblemList problems)
    : DocumentSection(node, path, level, catalog, problems)
{
    public static readonly SectionKey<string?> KeyKey = new("Key", Levels.Route | Levels.DynamicRoute);

    public GlobalSection Global { get; } = global;

    /// <summary>
    /// Whether the entry stands for a service that the document doesn't list: global sections hold for it whatever their <c>RouteKeys</c> say
    /// (contract 01 §4).
    /// </summary>
    public bool IsImplicit { get; init; }

    /// <summary>The name that aggregates and global <c>RouteKeys</c> use; null when the entry has none.</summary>
    public string? Key => ReadOwn(KeyKey);

    /// <summary>What holds for this entry once its own section and the global one are combined as <paramref name="key"/> says.</summary>
    public T Read<T>(SectionKey<T> key)
    {
        var own = ReadOwn(key);
        if (key.Combination == Combination.OwnOnly || Global.ReadOwn(key) is not { } shared) return own;
        if (own is null) return Applies(shared, key) ? shared : own;
        return key.Combination switch
        {
            Combination.FieldByField when Applies(shared, key) => (T)OptionsShape.Of(typeof(T)).Combine(own, shared),
            Combination.KeyByKey => (T)Merge((IDictionary)own, (IDictionary)shared),
            _ => own,
        };
    }

    /// <summary>Whether the global section of <paramref name="key"/> is meant for this entry (contract 01 §4).</summary>
    public bool GlobalApplies<T>(SectionKey<T> key) => Global.ReadOwn(key) is { } shared && Applies(shared, key);

    /// <summary>As for any section; what this entry doesn't write itself is looked for in the global section.</summary>
    public override (Origin Origin, string Path) Locate(string path) =>
        path.Length > 0 && !Holds(path) && Global.Has(path.Split('.', '[')[0]) ? Global.Locate(path) : base.Locate(path);

    /// <inheritdoc/>
    public override string PathOf(string list, string text) => Holds(list) ? base.PathOf(list, text) : Global.PathOf(list, text);

    private bool Applies(object shared, SectionKey key)
    {
        if (key.Combination != Combination.FieldByField) return true;
        if (IsImplicit) return true;
        if (OptionsShape.Of(key.Type).Find("RouteKeys")?.Info.GetValue(shared) is not IReadOnlyList<string> { Count: > 0 } keys) return true;
        return Key is { } name && keys.Contains(name, StringComparer.Ordinal);
    }

    private static IDictionary Merge(IDictionary own, IDictionary shared)
    {
        var merged = (IDictionary)Activator.CreateInstance(shared.GetType())!;
        foreach (DictionaryEntry entry in shared) merged[entry.Key] = entry.Value;
        foreach (DictionaryEntry entry in own) merged[entry.Key] = entry.Value;
        return merged;
    }
}
