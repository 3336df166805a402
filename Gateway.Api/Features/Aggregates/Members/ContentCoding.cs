using System.IO.Compression;
using Gateway.Pipeline;

namespace Gateway.Features.Aggregates.Members;

/// <summary>Takes the content coding off an answer whose service compresses although it was asked not to (RFC 9110 §8.4).</summary>
internal static class ContentCoding
{
    public static bool TryDecode(ReadOnlyMemory<byte> coded, string coding, out ReadOnlyMemory<byte> plain)
    {
        plain = coded;
        if (coded.IsEmpty || coding.Length == 0) return true;
        using var source = coded.ToStream();
        using Stream? decoder = coding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(source, CompressionMode.Decompress),
            "DEFLATE" => new ZLibStream(source, CompressionMode.Decompress),
            "BR" => new BrotliStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (decoder is null) return coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

        using var target = new BoundedBuffer();
        try
        {
            decoder.CopyTo(target);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false;
        }
        plain = target.Written.ToArray();
        return true;
    }
}
