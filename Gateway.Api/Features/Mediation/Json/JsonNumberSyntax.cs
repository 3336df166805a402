using System.Buffers;
using System.Runtime.CompilerServices;

namespace Gateway.Features.Mediation.Json;

/// <summary>JSON's way of writing numbers (RFC 8259 section 6).</summary>
internal static class JsonNumberSyntax
{
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Whether all of it may be the rest of a number.</summary>
    public static bool MayGoOn(ReadOnlySpan<byte> data) => data.IndexOfAnyExcept(OfNumbers) < 0;

    public static bool IsNumber(ReadOnlySpan<byte> text) => text.Length > 0 && Length(text, out var complete) == text.Length && complete;

    /// <summary>How many bytes at the beginning belong to a number.</summary>
    /// <param name="data">What begins with a number, or should.</param>
    /// <param name="complete">False when they are no number, or not yet.</param>
    public static int Length(ReadOnlySpan<byte> data, out bool complete)
    {
        var at = data[0] == '-' ? 1 : 0;
        complete = false;
        if (at == data.Length) return at;
        if (data[at] == '0') at++;
        else if (!Digits(data, ref at)) return at;

        if (at < data.Length && data[at] == '.')
        {
            at++;
            if (!Digits(data, ref at)) return at;
        }
        if (at < data.Length && (data[at] | 0x20) == 'e')
        {
            at++;
            if (at < data.Length && data[at] is (byte)'+' or (byte)'-') at++;
            if (!Digits(data, ref at)) return at;
        }
        complete = true;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Digits(ReadOnlySpan<byte> data, ref int at)
    {
        var start = at;
        while (at < data.Length && (uint)(data[at] - '0') <= 9) at++;
        return at > start;
    }
}
