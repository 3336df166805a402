using System.Text;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// Strings for the names and values that a service sends again and again, so that they are made once. Bounded: what meets in a place
/// replaces what was there. Thread-safe, since a reference is read and written whole.
/// </summary>
internal sealed class FieldStrings
{
    private const int Places = 512;
    private const int Longest = 64;

    private readonly string?[] _strings = new string?[Places];

    public string Get(ReadOnlySpan<byte> latin1)
    {
        if (latin1.IsEmpty) return "";
        if (latin1.Length > Longest) return Encoding.Latin1.GetString(latin1);

        ref var place = ref _strings[Place(latin1)];
        if (place is { } known && Ascii.Equals(latin1, known)) return known;
        return place = Encoding.Latin1.GetString(latin1);
    }

    private static int Place(ReadOnlySpan<byte> text)
    {
        var hash = (uint)text.Length;
        for (var i = 0; i < text.Length; i++) hash = (hash * 31) + text[i];
        return (int)((hash ^ (hash >> 15)) % Places);
    }
}
