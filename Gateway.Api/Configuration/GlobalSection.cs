namespace Gateway.Configuration;

/// <summary><c>GlobalConfiguration</c>.</summary>
internal sealed class GlobalSection(ObjectNode node, KeyCatalog catalog, ProblemList problems)
    : DocumentSection(node, "GlobalConfiguration", Levels.Global, catalog, problems)
{
    private readonly Dictionary<object, object?> _made = [];

    /// <summary>
    /// Makes something once for the document, when the first route needs it: compiled profiles, a provider's options. Thread-safe: services
    /// without an entry are compiled when they are first asked for.
    /// </summary>
    public T Once<T>(object key, Func<T> make) => Once(key, make, static (_, make) => make());

    /// <summary>The same, for makers that need nothing but the section and <paramref name="with"/>: then nothing is made while it is there.</summary>
    public T Once<T, TWith>(object key, TWith with, Func<GlobalSection, TWith, T> make)
    {
        lock (_made)
        {
            if (!_made.TryGetValue(key, out var made)) _made[key] = made = make(this, with);
            return (T)made!;
        }
    }
}
