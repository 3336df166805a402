namespace Gateway.Routing;

/// <summary>
/// One segment of a template, or its last one, which may run over several segments of a path: literal texts with placeholders between
/// them. As in Ocelot's regular expressions an earlier placeholder takes as much as it can: <c>{x}-{y}</c> reads <c>1-2-3</c> as <c>1-2</c>
/// and <c>3</c>. Immutable.
/// </summary>
internal sealed class SegmentPattern
{
    /// <summary>The texts around the placeholders: one more than there are placeholders, empty where two things touch.</summary>
    private readonly string[] _literals;

    public SegmentPattern(IReadOnlyList<TemplatePart> parts)
    {
        _literals = new string[parts.Count(part => part.IsPlaceholder) + 1];
        Array.Fill(_literals, "");
        var at = 0;
        foreach (var part in parts)
        {
            if (part.IsPlaceholder) at++;
            else _literals[at] += PercentEncoding.Comparable(PercentEncoding.CanonicalPath(part.Text));
        }
    }

    public int Placeholders => _literals.Length - 1;

    public bool IsLiteral => Placeholders == 0;

    /// <summary>Whether there is nothing but placeholders.</summary>
    public bool IsBare => Placeholders > 0 && Array.TrueForAll(_literals, literal => literal.Length == 0);

    /// <summary>The text before the first placeholder: all of it where there is none.</summary>
    public string Prefix => _literals[0];

    /// <summary>The text after the last placeholder.</summary>
    public string Suffix => _literals[^1];

    /// <summary>The same for two patterns that match alike when case is ignored, whatever their placeholders are called.</summary>
    public string Shape => string.Join("{}", _literals).ToUpperInvariant();

    /// <summary>The segment with each placeholder replaced by a text.</summary>
    public string Fill(string value) => string.Join(value, _literals);

    /// <summary>Whether all of the text is this segment.</summary>
    /// <param name="text">A segment of a path, or all that is left of it.</param>
    /// <param name="comparison">How literal text is compared.</param>
    /// <param name="shortest">The least number of characters that a placeholder takes.</param>
    /// <param name="values">Receives where the values stand; may be empty when nobody wants to know.</param>
    /// <param name="offset">Added to each start.</param>
    public bool Matches(ReadOnlySpan<char> text, StringComparison comparison, int shortest, Span<Slice> values = default, int offset = 0)
    {
        if (IsLiteral) return text.Equals(Prefix, comparison);
        if (text.Length < Prefix.Length + Suffix.Length) return false;
        if (!text.StartsWith(Prefix, comparison) || !text.EndsWith(Suffix, comparison)) return false;

        // From the end, each literal at its last possible place: that leaves the most for the placeholders before it, needs no second
        // try, and so takes linear time whatever the client sends.
        var start = Prefix.Length;
        var end = text.Length - Suffix.Length;
        for (var i = Placeholders - 1; i > 0; i--)
        {
            if (end - shortest < start) return false;
            var literal = _literals[i];
            var at = text[start..(end - shortest)].LastIndexOf(literal, comparison);
            if (at < 0) return false;

            var valueStart = start + at + literal.Length;
            if (!values.IsEmpty) values[i] = new Slice(offset + valueStart, end - valueStart);
            end = start + at;
        }

        if (end - start < shortest) return false;
        if (!values.IsEmpty) values[0] = new Slice(offset + start, end - start);
        return true;
    }
}
