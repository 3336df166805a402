using System.Globalization;
using System.Security.Claims;

namespace Gateway.Features.Claims;

/// <summary>
/// <c>Claims[type] &gt; value</c>, or <c>Claims[type] &gt; value[n] &gt; delimiter</c> for the nth part of it (contract 03 §5). Immutable.
/// </summary>
internal sealed class ClaimExpression
{
    private const string Start = "Claims[";
    private const string Indexed = "value[";
    private const string Grammar = "Write \"Claims[type] > value\", or \"Claims[type] > value[n] > delimiter\"";

    private readonly string _type;
    private readonly int _index;
    private readonly char[] _delimiters;

    private ClaimExpression(string type, int index, string delimiters) => (_type, _index, _delimiters) = (type, index, delimiters.ToCharArray());

    /// <returns>Null after <paramref name="error"/> was told what is wrong and what to write.</returns>
    public static ClaimExpression? Parse(string text, Action<string, string> error)
    {
        var parts = text.Split('>').Select(part => part.Trim()).ToArray();
        if (TypeOf(parts[0]) is not { } type)
            return Fail(parts[0].StartsWith(Start, StringComparison.OrdinalIgnoreCase) ? "must begin with \"Claims[type]\", upper and lower case minded" : "is no claim expression");
        if (parts.Length is < 2 or > 3) return Fail($"must have two or three parts between '>', was {parts.Length}");
        if (parts.Length == 2 && parts[1] is ("value" or "")) return new ClaimExpression(type, 0, "");
        if (IndexOf(parts[1]) is not { } index) return Fail($"\"{parts[1]}\" is not {(parts.Length == 2 ? "\"value\"" : "\"value[n]\"")}");
        if (parts.Length == 2) return Fail($"\"{parts[1]}\" needs a delimiter to count by");
        return new ClaimExpression(type, index, parts[2]);

        ClaimExpression? Fail(string message)
        {
            error(message, Grammar);
            return null;
        }
    }

    /// <summary>The value for this caller; claims of the same type are joined with commas. Null where the caller has none, or not so many parts.</summary>
    public string? Evaluate(ClaimsPrincipal caller)
    {
        string? value = null;
        foreach (var claim in caller.Claims)
            if (claim.Type == _type) value = value is null ? claim.Value : $"{value},{claim.Value}";
        if (value is null || _delimiters.Length == 0) return value;

        var items = value.Split(_delimiters);
        return _index < items.Length ? items[_index] : null;
    }

    private static string? TypeOf(string part)
    {
        if (!part.StartsWith(Start, StringComparison.Ordinal)) return null;
        var end = part.IndexOf(']');
        return end > Start.Length ? part[Start.Length..end] : null;
    }

    private static int? IndexOf(string part) =>
        part.StartsWith(Indexed, StringComparison.Ordinal) && part.EndsWith(']')
        && int.TryParse(part.AsSpan(Indexed.Length, part.Length - Indexed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
}
