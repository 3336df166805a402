using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// Strings for the names and values that a service sends again and again, so that they are made once. Bounded: what meets in a place
/// replaces what was there. Thread-safe, since a reference is read and written whole.
/// </summary>
internal sealed class FieldStrings
{
    private const int PlaceBits = 9;
    private const int Longest = 64;

    private readonly string?[] _strings = new string?[1 << PlaceBits];

    public string Get(ReadOnlySpan<byte> latin1)
    {
        if (latin1.IsEmpty) return "";
        if (latin1.Length > Longest) return Encoding.Latin1.GetString(latin1);

        ref var place = ref _strings[Place(latin1)];
        if (place is { } known && Ascii.Equals(latin1, known)) return known;
        return place = Encoding.Latin1.GetString(latin1);
    }

    // What begins and ends alike meets in one place; that costs a string and nothing else.
    private static int Place(ReadOnlySpan<byte> text)
    {
        const int word = sizeof(ulong);
        ulong hash = 0;
        if (text.Length >= word) hash = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(text[^word..]), 23);
        else foreach (var octet in text) hash = (hash << 8) | octet;
        return (int)(((hash + (ulong)text.Length) * 0x9E3779B97F4A7C15) >> (64 - PlaceBits));
    }
}
