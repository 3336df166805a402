using System.Text;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Values;

/// <summary>Reads a text with placeholders; <c>{{</c> is a brace.</summary>
internal static class TextTemplateParser
{
    /// <param name="text">The text.</param>
    /// <param name="scope">Where problems are reported, and what the plan reads is noted.</param>
    /// <param name="fields">Whether a name that is no context value is a field of the body, as in <c>Problem</c>.</param>
    public static Template Parse(string text, PlanScope scope, bool fields)
    {
        if (!text.Contains('{', StringComparison.Ordinal)) return new ConstantTemplate(new JsonText(text));

        var parts = new List<TextTemplate.Part>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '{') literal.Append(text[at++]);
            else if (at + 1 < text.Length && text[at + 1] == '{')
            {
                literal.Append('{');
                at += 2;
            }
            else
            {
                var end = text.IndexOf('}', at);
                if (end < 0)
                {
                    scope.Invalid($"the placeholder at character {at + 1} of \"{text}\" isn't closed", "Close it with '}', or write '{{' for a brace");
                    return new ConstantTemplate(JsonLiteral.Null);
                }
                if (literal.Length > 0) parts.Add(new(literal.ToString(), null));
                literal.Clear();
                if (PlaceholderParser.Parse(text[(at + 1)..end], scope, fields) is { } placeholder) parts.Add(new(null, placeholder));
                else return new ConstantTemplate(JsonLiteral.Null);
                at = end + 1;
            }
        }
        if (literal.Length > 0) parts.Add(new(literal.ToString(), null));
        return parts is [{ Literal: { } only }] ? new ConstantTemplate(new JsonText(only)) : new TextTemplate(parts);
    }
}
