using System.Buffers;

namespace Gateway.Forwarding.FastLane;

/// <summary>Which octets may stand where in a head (RFC 9110 §5.1, §5.5; RFC 9112 §4).</summary>
internal static class Octets
{
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // Any control character but the tab would end the value, or be read in two ways.
    private static readonly SearchValues<byte> NotInValues =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (byte)c), 0x7f]);

    private static readonly SearchValues<char> NotInText =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (char)c), '\x7f']);

    // No more than this may never stand in a field that the client sent: the server has let the rest pass, and so does the other lane.
    private static readonly SearchValues<char> NotInLines = SearchValues.Create("\r\n\0");

    /// <summary>What a token may hold, as text.</summary>
    public static readonly SearchValues<char> TokenText =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsLine(ReadOnlySpan<char> text) => !text.ContainsAny(NotInLines);

    public static bool IsToken(ReadOnlySpan<byte> text) => text.Length > 0 && !text.ContainsAnyExcept(Token);

    public static bool IsValue(ReadOnlySpan<byte> text) => !text.ContainsAny(NotInValues);

    public static bool IsValue(ReadOnlySpan<char> text) => !text.ContainsAny(NotInText);

    /// <summary>Without optional whitespace at either end.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
