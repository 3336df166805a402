namespace Gateway.Features.Mediation.Json;

/// <summary>Compares values: numbers by what they are worth, texts by code point, objects without regard to the order of their members.</summary>
internal static class JsonComparison
{
    public static bool AreEqual(JsonValue a, JsonValue b) => FirstDifference(a, b) is null;

    /// <summary>The JSON pointer of the first value in which two differ; null when they are equal.</summary>
    public static string? FirstDifference(JsonValue a, JsonValue b)
    {
        switch (a, b)
        {
            case (JsonText x, JsonText y):
                return x.Value == y.Value ? null : "";
            case (JsonNumber x, JsonNumber y):
                return x.Digits == y.Digits || x.Exact == y.Exact ? null : "";
            case (JsonArray x, JsonArray y):
                for (var i = 0; i < Math.Max(x.Items.Count, y.Items.Count); i++)
                {
                    if (i >= x.Items.Count || i >= y.Items.Count) return $"/{i}";
                    if (FirstDifference(x.Items[i], y.Items[i]) is { } below) return $"/{i}{below}";
                }
                return null;
            case (JsonObject x, JsonObject y):
                foreach (var (name, value) in x.Members)
                {
                    var below = y[name] is { } other ? FirstDifference(value, other) : "";
                    if (below is not null) return $"/{JsonPointer.Escape(name)}{below}";
                }
                foreach (var (name, _) in y.Members)
                    if (x.IndexOf(name) < 0) return $"/{JsonPointer.Escape(name)}";
                return null;
            default:
                return a == b ? null : "";
        }
    }

    /// <summary>Orders texts by code point (A16); UTF-16 order differs beyond U+FFFF.</summary>
    public static int CompareTexts(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] == b[i]) continue;
            // Surrogates stand for what comes behind everything else.
            var left = char.IsSurrogate(a[i]) ? a[i] + 0x10000 : a[i];
            var right = char.IsSurrogate(b[i]) ? b[i] + 0x10000 : b[i];
            return left.CompareTo(right);
        }
        return a.Length.CompareTo(b.Length);
    }
}
