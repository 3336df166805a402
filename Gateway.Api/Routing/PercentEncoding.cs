using System.Buffers;
using System.Text;

namespace Gateway.Routing;

/// <summary>
/// The one spelling of a path that everything in this room compares and sends (RFC 3986 §6.2.2): letters, digits, <c>-._~</c> are never
/// escaped, hex digits are upper-case, and what may not stand in a path is escaped. Every other escape stays as the client wrote it,
/// because <c>%2F</c> and <c>/</c>, or <c>%2C</c> and <c>,</c>, may differ in meaning for the service. Nothing is decoded twice.
/// </summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string Delimiters = "!$&'()*+,;=:@";

    private static readonly SearchValues<char> UnreservedText = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> DelimiterText = SearchValues.Create(Delimiters);
    private static readonly SearchValues<char> PathText = SearchValues.Create(Unreserved + Delimiters + "/");

    // RFC 3986 has no brackets in a query, but clients write a[]=1 and every server takes it; escaping would change untouched bytes.
    private static readonly SearchValues<char> QueryText = SearchValues.Create(Unreserved + Delimiters + "/?[]");

    /// <summary>Whether the text is its own canonical path, seen without looking for dot segments.</summary>
    public static bool IsPlainPath(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(PathText);

    /// <summary>Appends a path, or a part of one, in canonical spelling.</summary>
    public static void AppendPath(ref TextBuffer buffer, scoped ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text[AppendLegal(ref buffer, text, PathText)..];
            if (text.IsEmpty) return;

            if (EscapedAt(text) is not { } octet)
            {
                text = text[AppendEscaped(ref buffer, text)..];
                continue;
            }

            if (UnreservedText.Contains((char)octet)) buffer.Append((char)octet);
            else AppendEscaped(ref buffer, octet);
            text = text[3..];
        }
    }

    /// <summary>Appends a query, or a part of one, byte for byte except for what would not be a valid request target.</summary>
    public static void AppendQuery(ref TextBuffer buffer, scoped ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text[AppendLegal(ref buffer, text, QueryText)..];
            if (text.IsEmpty) return;

            if (EscapedAt(text) is null)
            {
                text = text[AppendEscaped(ref buffer, text)..];
                continue;
            }

            buffer.Append(text[..3]);
            text = text[3..];
        }
    }

    /// <summary>
    /// Appends a piece of a path as one value in a query. There <c>&amp;</c> would begin a new parameter and <c>+</c> would mean a space.
    /// </summary>
    public static void AppendPathInQuery(ref TextBuffer buffer, scoped ReadOnlySpan<char> text)
    {
        for (var next = text.IndexOfAny('&', '+'); next >= 0; next = text.IndexOfAny('&', '+'))
        {
            AppendQuery(ref buffer, text[..next]);
            AppendEscaped(ref buffer, (byte)text[next]);
            text = text[(next + 1)..];
        }
        AppendQuery(ref buffer, text);
    }

    /// <summary>Plain text as one value that is safe anywhere in a URL: all but letters, digits and <c>-._~</c> is escaped.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(UnreservedText)) return text;

        var buffer = new TextBuffer(stackalloc char[256]);
        for (var at = 0; at < text.Length;)
        {
            at += AppendLegal(ref buffer, text.AsSpan(at), UnreservedText);
            if (at < text.Length) at += AppendEscaped(ref buffer, text.AsSpan(at));
        }
        return buffer.Finish();
    }

    /// <summary>What encoded text says, each escape decoded once, as UTF-8.</summary>
    public static string Unescape(string text) => Uri.UnescapeDataString(text);

    /// <summary>A path, or a part of one, in canonical spelling.</summary>
    public static string CanonicalPath(string text)
    {
        if (IsPlainPath(text)) return text;

        var buffer = new TextBuffer(stackalloc char[256]);
        AppendPath(ref buffer, text);
        return buffer.Finish();
    }

    /// <summary>A query, with or without <c>?</c>, as <see cref="AppendQuery"/> writes it; the same object where nothing changes.</summary>
    public static string ValidQuery(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(QueryText)) return text;

        var buffer = new TextBuffer(stackalloc char[256]);
        AppendQuery(ref buffer, text);
        return buffer.Written.SequenceEqual(text) ? text : buffer.Finish();
    }

    /// <summary>
    /// The spelling in which a canonical path is compared with templates: <c>%2C</c> too is <c>,</c> and so on, for every character that
    /// may stand in a path as it is. Else <c>/v1/run%3Anow</c> would pass by the route <c>/v1/run:now</c> and be served by a wider one.
    /// </summary>
    public static string Comparable(string canonical)
    {
        if (!canonical.Contains('%', StringComparison.Ordinal)) return canonical;

        var buffer = new TextBuffer(stackalloc char[256]);
        for (var i = 0; i < canonical.Length; i++)
        {
            if (IsDelimiterAt(canonical, i, out var delimiter)) i += 2;
            buffer.Append(delimiter);
        }
        return buffer.Length == canonical.Length ? canonical : buffer.Finish();
    }

    /// <summary>Where in the canonical path a place of its comparable form lies.</summary>
    public static int CanonicalIndex(string canonical, int comparableIndex)
    {
        var index = 0;
        for (var passed = 0; passed < comparableIndex; passed++) index += IsDelimiterAt(canonical, index, out _) ? 3 : 1;
        return index;
    }

    private static bool IsDelimiterAt(string canonical, int index, out char c)
    {
        c = canonical[index];
        if (EscapedAt(canonical.AsSpan(index)) is not { } octet || !DelimiterText.Contains((char)octet)) return false;
        c = (char)octet;
        return true;
    }

    /// <summary>Appends the legal characters at the start; gives their number.</summary>
    private static int AppendLegal(ref TextBuffer buffer, scoped ReadOnlySpan<char> text, SearchValues<char> legal)
    {
        var length = text.IndexOfAnyExcept(legal);
        if (length < 0) length = text.Length;
        buffer.Append(text[..length]);
        return length;
    }

    private static byte? EscapedAt(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2])
            ? (byte)((HexValue(text[1]) << 4) | HexValue(text[2]))
            : null;

    /// <summary>Escapes the character at the start, as UTF-8; gives its length.</summary>
    private static int AppendEscaped(ref TextBuffer buffer, scoped ReadOnlySpan<char> text)
    {
        // Half a surrogate pair becomes U+FFFD, as every encoder of the platform has it.
        Rune.DecodeFromUtf16(text, out var rune, out var consumed);
        Span<byte> octets = stackalloc byte[4];
        foreach (var octet in octets[..rune.EncodeToUtf8(octets)]) AppendEscaped(ref buffer, octet);
        return consumed;
    }

    private static void AppendEscaped(ref TextBuffer buffer, byte octet)
    {
        buffer.Append('%');
        buffer.Append(HexDigit(octet >> 4));
        buffer.Append(HexDigit(octet & 15));
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
