using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>
/// Patterns of schemas. JSON Schema means ECMAScript's, in which <c>$</c> is the very end (.NET lets a line end follow) and <c>\d</c> and
/// <c>\w</c> are ASCII.
/// </summary>
internal static class SchemaPattern
{
    /// <exception cref="ArgumentException">The pattern doesn't parse.</exception>
    /// <exception cref="NotSupportedException">It needs to go back, which a pattern from a configuration mustn't.</exception>
    public static Regex Compile(string pattern) => new(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length) result.Append(Escape(pattern[++i], inClass));
            else if (c == '$' && !inClass) result.Append("\\z");
            else
            {
                if (c == '[') inClass = true;
                else if (c == ']') inClass = false;
                result.Append(c);
            }
        }
        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('d', true) => "0-9",
        ('w', true) => "a-zA-Z0-9_",
        ('d', false) => "[0-9]",
        ('w', false) => "[a-zA-Z0-9_]",
        ('D', false) => "[^0-9]",
        ('W', false) => "[^a-zA-Z0-9_]",
        ('/', _) => "/",
        _ => $"\\{c}",
    };
}
