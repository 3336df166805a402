using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>
/// A number that stands for a member name: equal names have equal numbers, and two different names the same one only with a chance of one
/// in 2^64, because the key is drawn anew by each process and a sender can't search for such a pair.
/// </summary>
internal static class NameHash
{
    private static readonly ulong Key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    public static ulong Of(in JsonToken name) => name.Escaped ? Of(Encoding.UTF8.GetBytes(name.ReadString())) : Of(name.Raw);

    public static ulong Of(ReadOnlySpan<byte> name)
    {
        var hash = Key ^ ((ulong)name.Length * 0x9E3779B97F4A7C15);
        while (name.Length > 8)
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name), Key + 0xD6E8FEB86659FD93);
            name = name[8..];
        }
        return Fold(hash ^ Rest(name), Key ^ 0xA0761D6478BD642F);
    }

    // Eight bytes at most, in one number; the length, which tells one of these forms from the other, is in the hash already.
    private static ulong Rest(ReadOnlySpan<byte> name) => name.Length switch
    {
        8 => BinaryPrimitives.ReadUInt64LittleEndian(name),
        >= 4 => ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(name),
        > 0 => ((ulong)name[^1] << 16) | ((ulong)name[name.Length >> 1] << 8) | name[0],
        _ => 0,
    };

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
