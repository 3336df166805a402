using Gateway.Configuration;

namespace Gateway.Features.Metadata;

/// <summary><c>GlobalConfiguration.MetadataOptions</c>: how texts in metadata are read (contract 08 §10).</summary>
internal sealed record MetadataOptions
{
    /// <summary>The culture whose decimal and group signs numbers in texts have; default the invariant one.</summary>
    public string? CurrentCulture { get; init; }

    /// <summary>What a number may look like: names of .NET's NumberStyles, joined by commas; default <c>Any</c>.</summary>
    public string? NumberStyle { get; init; }

    /// <summary>What separates the items of a list, besides the comma.</summary>
    public IReadOnlyList<string>? Separators { get; init; }

    /// <summary><c>None</c> (the default), <c>RemoveEmptyEntries</c> or <c>TrimEntries</c>.</summary>
    public string? StringSplitOption { get; init; }

    /// <summary>What is trimmed from the items of a list, besides the space; one character each.</summary>
    public IReadOnlyList<string>? TrimChars { get; init; }

    /// <summary>Values for all routes, beneath those of the global <c>Metadata</c>.</summary>
    public IReadOnlyDictionary<string, DocumentNode>? Metadata { get; init; }
}
