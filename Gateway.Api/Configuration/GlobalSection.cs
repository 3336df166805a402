namespace Gateway.Configuration;

/// <summary><c>GlobalConfiguration</c>.</summary>
internal sealed class GlobalSection(ObjectNode node, KeyCatalog catalog, ProblemList problems)
    : DocumentSection(node, "GlobalConfiguration", Levels.Global, catalog, problems)
{
    private readonly Dictionary<object, object?> _made = [];

    /// <summary>Makes something once for the document, when the first route needs it: compiled profiles, a provider's options.</summary>
    public T Once<T>(object key, Func<T> make)
    {
        if (!_made.TryGetValue(key, out var made)) _made[key] = made = make();
        return (T)made!;
    }
}
