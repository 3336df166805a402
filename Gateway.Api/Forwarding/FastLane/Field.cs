namespace Gateway.Forwarding.FastLane;

/// <summary>Where a field of a head lies in the bytes it was read from.</summary>
internal readonly record struct Field(int NameStart, int NameLength, int ValueStart, int ValueLength)
{
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> head) => head.Slice(NameStart, NameLength);

    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head) => head.Slice(ValueStart, ValueLength);
}
