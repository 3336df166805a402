using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Gateway.Routing;

/// <summary>
/// One entry of <c>UpstreamHeaderTemplates</c> (contract 02 §4). The header must be there and its whole value must fit:
/// <c>{header:name}</c> is one or more characters, everything else a regular expression, without look-around and back-references, as those
/// can take forever. Immutable.
/// </summary>
internal sealed partial class HeaderTemplate
{
    /// <summary>The pattern without its placeholders' names: what is compared with that of other rules.</summary>
    private readonly string _shape;
    private readonly string? _literal;
    private readonly Regex? _regex;
    private readonly StringComparison _comparison;

    private HeaderTemplate(string header, string pattern, bool caseSensitive, List<string> names, string expression)
    {
        Header = header;
        Pattern = pattern;
        CaseSensitive = caseSensitive;
        _shape = Placeholders().Replace(pattern, "{}");
        Names = names;
        _comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (names.Count == 0 && Regex.Escape(pattern) == pattern)
        {
            _literal = pattern;
            return;
        }

        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        _regex = new Regex($@"\A(?:{expression})\z", caseSensitive ? options : options | RegexOptions.IgnoreCase);
    }

    public string Header { get; }

    /// <summary>The value as written.</summary>
    public string Pattern { get; }

    public bool CaseSensitive { get; }

    /// <summary>Names of the placeholders, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads an entry; where it has faults they are added and there is none.</summary>
    public static bool TryParse(
        string header,
        string pattern,
        bool caseSensitive,
        [NotNullWhen(true)] out HeaderTemplate? template,
        ICollection<TemplateFault> faults)
    {
        var before = faults.Count;
        var names = new List<string>();
        var expression = ReadPlaceholders(pattern, names, faults);
        template = faults.Count > before ? null : Compile(header, pattern, caseSensitive, names, expression, faults);
        return template is not null;
    }

    public bool Matches(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out var lines) || lines.Count == 0) return false;

        var value = Joined(lines);
        return _literal is not null ? value.Equals(_literal, _comparison) : _regex!.IsMatch(value);
    }

    /// <summary>Adds what the placeholders stand for; the headers match.</summary>
    public void Capture(IHeaderDictionary headers, RouteValues values)
    {
        if (Names.Count == 0) return;

        var match = _regex!.Match(Joined(headers[Header]));
        for (var i = 0; i < Names.Count; i++) values.SetIfAbsent(Names[i], match.Groups[Group(i)].Value);
    }

    /// <summary>Whether what fits this is exactly what fits the other, as far as their texts tell.</summary>
    public bool IsTwinOf(HeaderTemplate other) =>
        _shape == other._shape && CaseSensitive == other.CaseSensitive && Header.Equals(other.Header, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Header}: {Pattern}";

    /// <summary>The pattern with a group in place of each placeholder.</summary>
    private static string ReadPlaceholders(string pattern, List<string> names, ICollection<TemplateFault> faults)
    {
        var expression = new StringBuilder();
        var at = 0;
        foreach (var (index, length) in Placeholders().Matches(pattern).Select(match => (match.Index, match.Length)))
        {
            var name = pattern[(index + "{header:".Length)..(index + length - 1)];
            if (!TemplateReader.IsName(name))
                faults.Add(new(index, $"'{{header:{name}}}' is no placeholder", "A name holds letters, digits, '_', '-' and '.'"));
            else if (names.Contains(name))
                faults.Add(new(index, $"the placeholder '{{header:{name}}}' occurs twice", "Give each placeholder its own name"));

            expression.Append(pattern, at, index - at).Append($"(?<{Group(names.Count)}>.+)");
            names.Add(name);
            at = index + length;
        }
        return expression.Append(pattern, at, pattern.Length - at).ToString();
    }

    private static HeaderTemplate? Compile(
        string header, string pattern, bool caseSensitive, List<string> names, string expression, ICollection<TemplateFault> faults)
    {
        try
        {
            // Read by itself first: an unbalanced ')' must not close the group that is put around it.
            _ = new Regex(expression);
            return new HeaderTemplate(header, pattern, caseSensitive, names, expression);
        }
        catch (RegexParseException fault)
        {
            var offset = Math.Min(fault.Offset, pattern.Length);
            faults.Add(new(offset, $"'{pattern}' is no regular expression: {fault.Message}", "Escape what is meant literally with '\\'"));
        }
        catch (NotSupportedException)
        {
            faults.Add(new(0, $"'{pattern}' needs look-around, a back-reference or very many states", "Write it without these"));
        }
        return null;
    }

    /// <summary>Lines of the same name count as one, joined as Ocelot joins them.</summary>
    private static string Joined(StringValues lines) => lines.Count == 1 ? lines[0] ?? "" : string.Join(',', (IEnumerable<string?>)lines);

    // The user's names may hold characters that a group's can't.
    private static string Group(int index) => $"placeholder{index}";

    [GeneratedRegex(@"\{header:[^{}]*\}", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholders();
}
