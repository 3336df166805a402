namespace Gateway.Features.Mediation.Plans;

/// <summary>A comparison by version number: <c>&lt;3</c>, <c>&gt;=2.1</c>. Parts compare as numbers, missing parts are 0 (A22).</summary>
internal sealed class VersionComparison
{
    private static readonly string[] Signs = ["<=", ">=", "<", ">"];

    private readonly string _sign;
    private readonly string[] _version;

    private VersionComparison(string sign, string[] version)
    {
        _sign = sign;
        _version = version;
    }

    /// <returns>The comparison, or null when the text is none.</returns>
    public static VersionComparison? Parse(string text)
    {
        foreach (var sign in Signs)
            if (text.StartsWith(sign, StringComparison.Ordinal)) return Parts(text[sign.Length..]) is { } version ? new(sign, version) : null;
        return null;
    }

    /// <summary>Whether the text begins like a comparison, whatever follows.</summary>
    public static bool IsMeant(string text) => text.Length > 0 && text[0] is '<' or '>';

    public bool Fits(string value)
    {
        if (Parts(value) is not { } parts) return false;
        var order = Compare(parts, _version);
        return _sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    // Digits without leading zeros: numbers of any length compare by length, then by text.
    private static string[]? Parts(string text)
    {
        var parts = text.Trim().Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0 || parts[i].AsSpan().ContainsAnyExceptInRange('0', '9')) return null;
            parts[i] = parts[i].TrimStart('0');
        }
        return parts;
    }

    private static int Compare(string[] a, string[] b)
    {
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var left = i < a.Length ? a[i] : "";
            var right = i < b.Length ? b[i] : "";
            var order = left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(left, right);
            if (order != 0) return order;
        }
        return 0;
    }
}
