using System.Buffers;
using System.Security.Cryptography;

namespace Gateway.Features.Caching;

/// <summary>Reads a request's body for its hash, and leaves it to be read again.</summary>
internal static class BodyHash
{
    /// <returns>Null for a body longer than <paramref name="limit"/>.</returns>
    public static async ValueTask<string?> OfAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) return null;

        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var length = 0;
            for (int read; length <= limit && (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0; length += read)
                hash.AppendData(buffer, 0, read);
            request.Body.Position = 0;
            return length > limit ? null : Convert.ToHexString(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
