namespace Gateway.Configuration;

/// <summary>
/// A key of <c>ocelot.json</c> that some room reads: its name, the type its value is read as, where it may stand and how the levels
/// combine. All keys together are the <see cref="KeyCatalog"/>; what isn't in it is an unknown key.
/// </summary>
/// <param name="Name">The key as the file spells it.</param>
/// <param name="Type">A scalar, a list, a dictionary, an options record whose properties are all nullable, or <see cref="DocumentNode"/> for a value that the owner reads by itself.</param>
/// <param name="FormerName">An older spelling that still works and, on the same level, wins (contract 01 §7).</param>
internal abstract record SectionKey(string Name, Type Type, Levels Levels, Combination Combination, string? FormerName)
{
    /// <summary>What the value's record looks like, also where the value is a list of records; null for any other value.</summary>
    public OptionsShape? Options { get; } = OptionsShape.Within(Type);

    public bool IsNamed(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(name, FormerName, StringComparison.OrdinalIgnoreCase);
}

/// <inheritdoc/>
/// <typeparam name="T">A nullable type: null is "not written".</typeparam>
internal sealed record SectionKey<T>(
    string Name, Levels Levels, Combination Combination = Combination.OwnOnly, string? FormerName = null)
    : SectionKey(Name, typeof(T), Levels, Combination, FormerName);
