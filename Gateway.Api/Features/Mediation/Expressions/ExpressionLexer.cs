using System.Text;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>Takes an expression apart.</summary>
internal sealed class ExpressionLexer(string text)
{
    private int _at;

    /// <exception cref="ExpressionSyntaxException">A piece that JMESPath doesn't have.</exception>
    public List<ExpressionToken> Read()
    {
        var tokens = new List<ExpressionToken>();
        while (true)
        {
            while (_at < text.Length && text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
            if (_at == text.Length) break;
            tokens.Add(Next());
        }
        tokens.Add(new ExpressionToken(ExpressionTokenKind.End, text.Length, ""));
        return tokens;
    }

    private ExpressionToken Next()
    {
        var start = _at;
        var c = text[_at];
        if (char.IsAsciiLetter(c) || c == '_') return Token(ExpressionTokenKind.Name, TakeWhile(d => char.IsAsciiLetterOrDigit(d) || d == '_'));
        if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            _at++;
            TakeWhile(char.IsAsciiDigit);
            return new ExpressionToken(ExpressionTokenKind.Number, start, text[start.._at]);
        }
        switch (c)
        {
            case '"': return QuotedName();
            case '\'': return RawText();
            case '`': return Literal();
            case '[' when _at + 1 < text.Length && text[_at + 1] == '?': return Symbol('?', ExpressionTokenKind.Filter, ExpressionTokenKind.LeftBracket);
            case '[': return Symbol(']', ExpressionTokenKind.Flatten, ExpressionTokenKind.LeftBracket);
            case '|': return Symbol('|', ExpressionTokenKind.Or, ExpressionTokenKind.Pipe);
            case '&': return Symbol('&', ExpressionTokenKind.And, ExpressionTokenKind.Reference);
            case '!': return Symbol('=', ExpressionTokenKind.NotEqual, ExpressionTokenKind.Not);
            case '<': return Symbol('=', ExpressionTokenKind.LessOrEqual, ExpressionTokenKind.Less);
            case '>': return Symbol('=', ExpressionTokenKind.GreaterOrEqual, ExpressionTokenKind.Greater);
            case '=' when _at + 1 < text.Length && text[_at + 1] == '=':
                _at += 2;
                return new ExpressionToken(ExpressionTokenKind.Equal, start, "==");
            case '=': throw new ExpressionSyntaxException("a single '=' isn't an operator; equality is '=='", start);
        }

        var kind = c switch
        {
            '.' => ExpressionTokenKind.Dot,
            '*' => ExpressionTokenKind.Star,
            ']' => ExpressionTokenKind.RightBracket,
            '{' => ExpressionTokenKind.LeftBrace,
            '}' => ExpressionTokenKind.RightBrace,
            '(' => ExpressionTokenKind.LeftParen,
            ')' => ExpressionTokenKind.RightParen,
            ',' => ExpressionTokenKind.Comma,
            ':' => ExpressionTokenKind.Colon,
            '@' => ExpressionTokenKind.Current,
            _ => throw new ExpressionSyntaxException($"the character '{c}' has no meaning here", start),
        };
        _at++;
        return new ExpressionToken(kind, start, c.ToString());
    }

    private ExpressionToken Token(ExpressionTokenKind kind, string value) => new(kind, _at - value.Length, value);

    private string TakeWhile(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < text.Length && belongs(text[_at])) _at++;
        return text[start.._at];
    }

    // A sign of two characters where the second follows, else one of one.
    private ExpressionToken Symbol(char second, ExpressionTokenKind two, ExpressionTokenKind one)
    {
        var start = _at;
        var isTwo = _at + 1 < text.Length && text[_at + 1] == second;
        _at += isTwo ? 2 : 1;
        return new ExpressionToken(isTwo ? two : one, start, text[start.._at]);
    }

    private ExpressionToken QuotedName()
    {
        var start = _at;
        var inside = Until('"');
        return Json($"\"{inside}\"") is JsonText name
            ? new ExpressionToken(ExpressionTokenKind.QuotedName, start, name.Value)
            : throw new ExpressionSyntaxException("the quoted name isn't a JSON text", start);
    }

    private ExpressionToken RawText()
    {
        var start = _at;
        var inside = Until('\'').Replace("\\'", "'", StringComparison.Ordinal);
        return new ExpressionToken(ExpressionTokenKind.Literal, start, inside, new JsonText(inside));
    }

    private ExpressionToken Literal()
    {
        var start = _at;
        var inside = Until('`').Replace("\\`", "`", StringComparison.Ordinal).Trim(' ', '\t', '\n', '\r');
        return Json(inside) is { } value
            ? new ExpressionToken(ExpressionTokenKind.Literal, start, inside, value)
            : throw new ExpressionSyntaxException($"`{inside}` isn't JSON; a text is written 'like this' or `\"like this\"`", start);
    }

    // What stands between two of the same marks; a backslash takes the meaning from the mark that follows.
    private string Until(char mark)
    {
        var start = _at;
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\\') _at++;
            else if (text[_at] == mark) return text[(start + 1).._at++];
        }
        throw new ExpressionSyntaxException($"the {mark} isn't closed", start);
    }

    private static JsonValue? Json(string json) => JsonParser.TryParse(Encoding.UTF8.GetBytes(json), out var value) ? value : null;
}
