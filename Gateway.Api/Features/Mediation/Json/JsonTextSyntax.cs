using System.Buffers;
using System.Text.Unicode;

namespace Gateway.Features.Mediation.Json;

/// <summary>JSON's way of writing texts (RFC 8259 section 7).</summary>
internal static class JsonTextSyntax
{
    private static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <returns>The length up to the closing quote, or -1 when it isn't there.</returns>
    public static int FindTextEnd(ReadOnlySpan<byte> data, out bool escaped)
    {
        var at = 0;
        escaped = false;
        return FindTextEnd(data, ref at, ref escaped);
    }

    /// <inheritdoc cref="FindTextEnd(ReadOnlySpan{byte}, out bool)"/>
    /// <param name="data">What stands behind the opening quote.</param>
    /// <param name="at">Where to look from; when it isn't there, from where to go on once more has arrived.</param>
    /// <param name="escaped">Whether there is an escape, also before that.</param>
    public static int FindTextEnd(ReadOnlySpan<byte> data, ref int at, ref bool escaped)
    {
        while (true)
        {
            var next = data[at..].IndexOfAny(EndOfPlainText);
            if (next < 0)
            {
                at = data.Length;
                return -1;
            }
            at += next;
            if (data[at] == '"') return at;
            if (data[at] != '\\') throw Malformed();
            escaped = true;
            var length = EscapeLength(data[at..]);
            if (length < 0) return -1;
            at += length;
        }
    }

    /// <returns>2 or 6, or -1 when the data end within the escape.</returns>
    private static int EscapeLength(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2) return -1;
        if (data[1] != 'u') return "\"\\/bfnrt"u8.Contains(data[1]) ? 2 : throw Malformed();
        for (var i = 2; i < 6; i++)
        {
            if (i == data.Length) return -1;
            if (!char.IsAsciiHexDigit((char)data[i])) throw Malformed();
        }
        return 6;
    }

    /// <summary>How many of the bytes end neither within a character nor within an escape.</summary>
    public static int WholeCharacters(ReadOnlySpan<byte> data)
    {
        // Behind an even number of backslashes no escape is open; one is at most six bytes long.
        var end = data.Length;
        for (var i = Math.Max(0, end - 6); i < end; i++)
        {
            if (data[i] != '\\' || IsEscaped(data, i)) continue;
            var length = EscapeLength(data[i..]);
            if (length < 0) return i;
            i += length - 1;
        }
        var character = end;
        while (character > 0 && end - character < 4 && (data[character - 1] & 0xC0) == 0x80) character--;
        if (character == 0 || data[character - 1] < 0xC0) return end;
        var needed = data[character - 1] >= 0xF0 ? 4 : data[character - 1] >= 0xE0 ? 3 : 2;
        return end - character + 1 >= needed ? end : character - 1;
    }

    private static bool IsEscaped(ReadOnlySpan<byte> data, int slash)
    {
        var before = 0;
        while (slash - before > 0 && data[slash - before - 1] == '\\') before++;
        return before % 2 == 1;
    }

    /// <exception cref="MediationFailure">It isn't UTF-8.</exception>
    public static void CheckUtf8(ReadOnlySpan<byte> raw)
    {
        if (!Utf8.IsValid(raw)) throw MediationFailure.Malformed("The body isn't valid UTF-8");
    }

    public static MediationFailure Malformed() => MediationFailure.Malformed("The body isn't valid JSON");
}
