namespace Gateway.Routing;

/// <summary>
/// The part of an upstream template after its <c>?</c>. It fits the raw query from its start: <c>a={a}&amp;b={b}</c> fits
/// <c>a=1&amp;b=2&amp;c=3</c> and not <c>b=2&amp;a=1</c>. A placeholder stands for any text and its value is that text up to the first
/// <c>&amp;</c>. Immutable.
/// </summary>
internal sealed class QueryPattern
{
    private readonly string[] _literals;

    public QueryPattern(IReadOnlyList<TemplatePart> parts)
    {
        var literals = new List<string> { "" };
        foreach (var part in parts)
        {
            if (part.IsPlaceholder) literals.Add("");
            else literals[^1] += PercentEncoding.ValidQuery(part.Text);
        }
        _literals = [.. literals];
    }

    public int Placeholders => _literals.Length - 1;

    /// <summary>
    /// <c>?{everything}</c>: fits every query and its value is empty, because the query reaches the service by itself, as all parameters do
    /// that a template does not name (contract 02 §3, §5.1).
    /// </summary>
    public bool IsWhole => _literals is ["", ""];

    /// <summary>The query with each placeholder replaced by a text.</summary>
    public string Fill(string value) => string.Join(value, _literals);

    /// <summary>Whether the query fits.</summary>
    /// <param name="query">The raw query after its <c>?</c>; empty where there is none.</param>
    /// <param name="comparison">How literal text is compared.</param>
    /// <param name="values">Receives where the values stand; may be empty when nobody wants to know.</param>
    public bool Matches(ReadOnlySpan<char> query, StringComparison comparison, Span<Slice> values = default)
    {
        if (IsWhole)
        {
            if (!values.IsEmpty) values[0] = new Slice(0, 0);
            return true;
        }

        var first = _literals[0];
        var last = _literals[^1];
        if (Placeholders == 0) return query.Equals(first, comparison);
        if (query.Length < first.Length + last.Length) return false;
        if (!query.StartsWith(first, comparison) || !query.EndsWith(last, comparison)) return false;

        // Each literal at its first place after the one before, so that what lies between is a value and, perhaps, parameters unknown here.
        var start = first.Length;
        var end = query.Length - last.Length;
        for (var i = 0; i < Placeholders; i++)
        {
            var isLast = i == Placeholders - 1;
            var length = isLast ? end - start : query[start..end].IndexOf(_literals[i + 1], comparison);
            if (length < 0) return false;

            var parameter = query.Slice(start, length).IndexOf('&');
            if (!values.IsEmpty) values[i] = new Slice(start, parameter < 0 ? length : parameter);
            if (!isLast) start += length + _literals[i + 1].Length;
        }
        return true;
    }
}
