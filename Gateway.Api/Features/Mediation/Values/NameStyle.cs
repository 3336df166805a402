using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Values;

/// <summary>A way of writing names of several words.</summary>
internal sealed class NameStyle
{
    private static readonly NameStyle[] All =
    [
        new("snake", '_', Words.Lower, Words.Lower),
        new("camel", null, Words.Lower, Words.Capital),
        new("pascal", null, Words.Capital, Words.Capital),
        new("kebab", '-', Words.Lower, Words.Lower),
    ];

    private readonly char? _between;
    private readonly Words _first;
    private readonly Words _later;

    private NameStyle(string name, char? between, Words first, Words later)
    {
        Name = name;
        _between = between;
        _first = first;
        _later = later;
    }

    private enum Words
    {
        Lower,
        Capital,
    }

    public string Name { get; }

    /// <returns>The style of that name, or null after a problem.</returns>
    public static NameStyle? Find(string name, PlanScope scope)
    {
        foreach (var style in All)
            if (style.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return style;
        var near = Spelling.Nearest(name, All.Select(s => s.Name));
        scope.Invalid($"'{name}' is no way of writing names", $"{(near is null ? "" : $"Did you mean '{near}'? ")}Allowed are {string.Join(", ", All.Select(s => s.Name))}");
        return null;
    }

    /// <summary>
    /// The name in this style. Words end at <c>_</c>, <c>-</c>, space, before a capital that follows a small letter or digit, and before the
    /// last capital of a run that is followed by a small letter; digits belong to the word before; leading <c>_ $ @</c> stay (A15).
    /// </summary>
    public string Apply(string name)
    {
        var start = 0;
        while (start < name.Length && name[start] is '_' or '$' or '@') start++;
        var result = new StringBuilder(name.Length + 8).Append(name, 0, start);
        var words = 0;
        for (var at = start; at < name.Length;)
        {
            if (IsSeparator(name[at]))
            {
                at++;
                continue;
            }
            var end = at + 1;
            while (end < name.Length && !IsSeparator(name[end]) && !BeginsWord(name, end)) end++;
            AppendWord(result, name.AsSpan(at, end - at), words++);
            at = end;
        }
        return words == 0 ? name : result.ToString();
    }

    private static bool IsSeparator(char c) => c is '_' or '-' or ' ';

    private static bool BeginsWord(string name, int at)
    {
        if (!char.IsUpper(name[at])) return false;
        var before = name[at - 1];
        return char.IsLower(before) || char.IsDigit(before) || (char.IsUpper(before) && at + 1 < name.Length && char.IsLower(name[at + 1]));
    }

    private void AppendWord(StringBuilder result, ReadOnlySpan<char> word, int place)
    {
        if (place > 0 && _between is { } between) result.Append(between);
        var capital = (place == 0 ? _first : _later) == Words.Capital;
        for (var i = 0; i < word.Length; i++)
            result.Append(i == 0 && capital ? char.ToUpperInvariant(word[i]) : char.ToLowerInvariant(word[i]));
    }
}
