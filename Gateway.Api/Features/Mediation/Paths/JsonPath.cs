using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Gateway.Features.Mediation.Paths;

/// <summary>
/// A place, or several, in a body: names, <c>[*]</c>, <c>[0]</c>, <c>[-1]</c>, <c>['odd.name']</c>, <c>$</c> for the body itself, and
/// <c>..name</c> for a name at any depth; a leading <c>$.</c> may be left out (design §1).
/// </summary>
internal sealed class JsonPath
{
    private static readonly SearchValues<char> Special = SearchValues.Create(".[]'\"* ");

    private JsonPath(string text, IReadOnlyList<PathSegment> segments)
    {
        Text = text;
        Segments = segments;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<PathSegment> Segments { get; }

    public bool IsRoot => Segments.Count == 0;

    public bool HasAnyDepth => Segments.Any(s => s.AnyDepth);

    /// <summary>Whether it counts from the end of an array, so that the array's length must be known.</summary>
    public bool CountsFromEnd => Segments.Any(s => s.Index < 0);

    /// <summary>Whether it can match more than one value.</summary>
    public bool IsMany => Segments.Any(s => s.AnyDepth || s.IsEveryElement);

    public bool IsNamesOnly => Segments.All(s => s.Name is not null && !s.AnyDepth);

    /// <summary>The last name, or null when the path ends with an element.</summary>
    public string? LastName => Segments.Count > 0 ? Segments[^1].Name : null;

    public static JsonPath Of(IEnumerable<PathSegment> segments)
    {
        var list = segments.ToArray();
        return new JsonPath(Write(list), list);
    }

    public JsonPath Append(PathSegment segment) => Of([.. Segments, segment]);

    public JsonPath Parent => Of(Segments.SkipLast(1));

    /// <summary>Whether this path is the other's beginning, or the other itself.</summary>
    public bool Contains(JsonPath other) =>
        Segments.Count <= other.Segments.Count && Segments.SequenceEqual(other.Segments.Take(Segments.Count));

    /// <param name="text">The path.</param>
    /// <param name="path">What it means.</param>
    /// <param name="error">Where and why it doesn't parse.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        var segments = new List<PathSegment>();
        path = null;
        error = Parse(text, segments);
        if (error is not null) return false;
        path = new JsonPath(text, segments);
        return true;
    }

    public override string ToString() => Text;

    private static string? Parse(string text, List<PathSegment> segments)
    {
        var at = 0;
        if (text.Length == 0) return "a path can't be empty; '$' is the whole body";
        if (text[0] == '$' && (text.Length == 1 || text[1] is '.' or '[')) at = 1;
        else if (text[0] is not ('.' or '['))
        {
            var first = ReadName(text, ref at, anyDepth: false, segments);
            if (first is not null) return first;
        }

        while (at < text.Length)
        {
            string? error;
            if (text[at] == '[') error = ReadBracket(text, ref at, anyDepth: false, segments);
            else
            {
                var anyDepth = at + 1 < text.Length && text[at + 1] == '.';
                if (!anyDepth && at == 0) return "a path can't begin with a single '.'";
                at += anyDepth ? 2 : 1;
                error = at < text.Length && text[at] == '[' && anyDepth
                    ? ReadBracket(text, ref at, anyDepth, segments)
                    : ReadName(text, ref at, anyDepth, segments);
            }
            if (error is not null) return error;
        }
        return null;
    }

    private static string? ReadName(string text, ref int at, bool anyDepth, List<PathSegment> segments)
    {
        var length = text.AsSpan(at).IndexOfAny('.', '[');
        var name = length < 0 ? text[at..] : text.Substring(at, length);
        if (name.Length == 0)
            return $"a name is missing at character {at + 1}; a name that is empty or holds a dot is written ['like.this']";
        if (name == "*") return "'*' stands for every element of an array only, and only within brackets: [*]";
        if (name.AsSpan().IndexOfAny(']', '\'', '"') is >= 0 and var odd)
            return $"the character {name[odd]} at {at + odd + 1} can't stand in a plain name; write ['…'] around the name";
        if (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
            return "a plain name can't begin or end with a space; write ['…'] around the name";
        segments.Add(new PathSegment(name, null, anyDepth));
        at += name.Length;
        return null;
    }

    private static string? ReadBracket(string text, ref int at, bool anyDepth, List<PathSegment> segments)
    {
        if (at + 1 < text.Length && text[at + 1] == '\'') return ReadQuotedName(text, ref at, anyDepth, segments);

        var end = text.IndexOf(']', at);
        if (end < 0) return $"the bracket at character {at + 1} isn't closed";
        var inside = text[(at + 1)..end];
        if (anyDepth) return "'..' takes a name, as in ..name or ..['odd.name']";
        if (inside == "*") segments.Add(PathSegment.EveryElement);
        else if (int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) && inside[0] != '+')
            segments.Add(new PathSegment(null, index, AnyDepth: false));
        else return $"[{inside}] is none of [*], [0], [-1] and ['name']";
        at = end + 1;
        return null;
    }

    private static string? ReadQuotedName(string text, ref int at, bool anyDepth, List<PathSegment> segments)
    {
        var name = new StringBuilder();
        for (var i = at + 2; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\'' or '\\') name.Append(text[++i]);
            else if (text[i] != '\'') name.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == ']')
            {
                segments.Add(new PathSegment(name.ToString(), null, anyDepth));
                at = i + 2;
                return null;
            }
            else break;
        }
        return $"the name in brackets at character {at + 1} isn't closed with ']";
    }

    private static string Write(PathSegment[] segments)
    {
        if (segments.Length == 0) return "$";
        var text = new StringBuilder();
        foreach (var segment in segments)
        {
            if (segment.IsEveryElement) text.Append("[*]");
            else if (segment.Index is { } index) text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else
            {
                var plain = segment.Name!.Length > 0 && segment.Name.AsSpan().IndexOfAny(Special) < 0;
                if (segment.AnyDepth) text.Append("..");
                else if (plain && text.Length > 0) text.Append('.');
                if (plain) text.Append(segment.Name);
                else text.Append("['").Append(segment.Name.Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
            }
        }
        return text.ToString();
    }
}
