using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Features.Authentication;

/// <summary>The SHA-256 of a token: what stands for it wherever something is remembered about it. The token itself is kept nowhere.</summary>
internal readonly record struct TokenHash(UInt128 High, UInt128 Low)
{
    private const int OnStack = 2048;

    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        var size = Encoding.UTF8.GetMaxByteCount(token.Length);
        var rented = size > OnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        var octets = rented ?? stackalloc byte[OnStack];
        Span<UInt128> hash = stackalloc UInt128[2];
        SHA256.HashData(octets[..Encoding.UTF8.GetBytes(token, octets)], MemoryMarshal.AsBytes(hash));
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return new TokenHash(hash[0], hash[1]);
    }
}
