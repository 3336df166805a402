namespace Gateway.Features.Headers;

/// <summary>Everything that one section does to the headers of a message, in order: the replacements, then the additions.</summary>
internal sealed record HeaderTransforms(IReadOnlyList<Replacement> Replacements, IReadOnlyList<Addition> Additions)
{
    public static readonly HeaderTransforms None = new([], []);

    public bool IsEmpty => Replacements.Count == 0 && Additions.Count == 0;

    /// <summary>The headers it is about.</summary>
    public IEnumerable<string> Names => Replacements.Select(r => r.Header).Concat(Additions.Select(a => a.Header));
}
