using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>The text of a path, read from its beginning to its end.</summary>
internal sealed class PathText(string text)
{
    /// <summary>Longer ones first.</summary>
    public static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];

    private const string NameEnds = ".[]()&|=!<>, '\"?@";

    public int Position { get; private set; }

    public bool IsAtEnd => Position == text.Length;

    public bool IsQuote => Is('\'') || Is('"');

    public bool Is(char c) => !IsAtEnd && text[Position] == c;

    public bool Take(char c)
    {
        if (!Is(c)) return false;
        Position++;
        return true;
    }

    public bool Take(string word)
    {
        if (string.CompareOrdinal(text, Position, word, 0, word.Length) != 0) return false;
        Position += word.Length;
        return true;
    }

    public void Expect(char c)
    {
        if (!Take(c)) throw IsAtEnd ? new FormatException($"a '{c}' is missing at its end") : Unexpected();
    }

    public void SkipSpaces()
    {
        while (Take(' ')) continue;
    }

    public string TakeName()
    {
        var start = Position;
        while (!IsAtEnd && !NameEnds.Contains(text[Position], StringComparison.Ordinal)) Position++;
        return text[start..Position];
    }

    /// <summary>A text in single or double quotes; a backslash takes the character after it as it is.</summary>
    public string TakeQuoted()
    {
        if (!IsQuote) throw Unexpected();
        var quote = text[Position++];
        var value = new StringBuilder();
        while (!Is(quote))
        {
            if (Is('\\')) Position++;
            if (IsAtEnd) throw new FormatException("a quote is opened and not closed");
            value.Append(text[Position++]);
        }
        Position++;
        return value.ToString();
    }

    public int? TakeInteger()
    {
        var start = Position;
        if (Is('-')) Position++;
        while (!IsAtEnd && char.IsAsciiDigit(text[Position])) Position++;
        if (Position == start) return null;
        return int.TryParse(text.AsSpan(start, Position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{text[start..Position]}' is no index");
    }

    /// <summary>What an item is compared with: a quoted text, a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public JsonElement TakeLiteral()
    {
        if (IsQuote) return JsonSerializer.SerializeToElement(TakeQuoted());
        var start = Position;
        while (!IsAtEnd && (char.IsAsciiLetterOrDigit(text[Position]) || text[Position] is '-' or '+' or '.')) Position++;
        var literal = text[start..Position];
        try
        {
            using var document = JsonDocument.Parse(literal);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new FormatException($"'{literal}' is no text in quotes, number, true, false or null");
        }
    }

    public FormatException Unexpected() => IsAtEnd
        ? new FormatException("it ends too early")
        : new FormatException($"'{text[Position]}' at character {Position + 1} can't stand there");
}
