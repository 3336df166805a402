using System.Diagnostics.CodeAnalysis;

namespace Gateway.Features.Mediation.Plans;

/// <summary>A type of body or several: <c>application/json</c>, <c>text/*</c>, <c>*+json</c>, <c>*/*</c>. Parameters don't count.</summary>
internal readonly record struct MediaRange(string Text)
{
    /// <summary>The types that JSON has (RFC 8259, RFC 6839).</summary>
    public static IReadOnlyList<MediaRange> Json { get; } = [new("application/json"), new("*+json"), new("text/json")];

    public static bool TryParse(string text, [NotNullWhen(true)] out MediaRange? range)
    {
        var plain = text.Length > 1 && text.IndexOfAny([' ', ';', ',', '"']) < 0 && text.Count(c => c == '*') <= 2;
        range = plain && (text.Contains('/', StringComparison.Ordinal) || text.StartsWith("*+", StringComparison.Ordinal)) ? new MediaRange(text) : null;
        return range is not null;
    }

    public bool Includes(string? contentType)
    {
        if (contentType is null) return false;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = contentType.AsSpan(0, end < 0 ? contentType.Length : end).Trim();
        if (Text == "*/*") return type.Length > 0;
        if (Text.EndsWith("/*", StringComparison.Ordinal)) return type.StartsWith(Text.AsSpan(0, Text.Length - 1), StringComparison.OrdinalIgnoreCase);
        if (Text[0] == '*') return type.EndsWith(Text.AsSpan(Text.StartsWith("*/", StringComparison.Ordinal) ? 2 : 1), StringComparison.OrdinalIgnoreCase);
        return type.Equals(Text, StringComparison.OrdinalIgnoreCase);
    }

    public static bool AnyIncludes(IReadOnlyList<MediaRange> ranges, string? contentType)
    {
        foreach (var range in ranges)
            if (range.Includes(contentType)) return true;
        return false;
    }
}
