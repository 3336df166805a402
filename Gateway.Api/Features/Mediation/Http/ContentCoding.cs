using System.Globalization;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Gateway.Features.Mediation.Http;

/// <summary>The content codings that mediation undoes and applies (RFC 9110 section 8.4).</summary>
internal static class ContentCoding
{
    /// <summary>What services are asked for.</summary>
    public const string Decodable = "gzip, br, deflate";

    /// <summary>Undoes codings.</summary>
    /// <param name="encoded">The body.</param>
    /// <param name="codings">What was applied, in order.</param>
    /// <returns>The decoded body, or null when a coding isn't known.</returns>
    public static Stream? Decode(Stream encoded, IReadOnlyList<string> codings)
    {
        var stream = encoded;
        for (var i = codings.Count - 1; i >= 0; i--)
        {
            Stream? decoded = codings[i] switch
            {
                "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
                "br" => new BrotliStream(stream, CompressionMode.Decompress),
                "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
                _ => null,
            };
            if (decoded is null) return null;
            stream = decoded;
        }
        return stream;
    }

    /// <summary>A stream that writes a coding to another.</summary>
    public static Stream Encode(string coding, Stream to) => coding switch
    {
        "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        _ => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
    };

    /// <summary>The codings in <c>Content-Encoding</c>, in the order in which they were applied; <c>identity</c> is none.</summary>
    public static IReadOnlyList<string> Of(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values) ? Parse(values) : [];

    private static IReadOnlyList<string> Parse(IEnumerable<string> values) =>
    [
        .. values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(v => v.ToLower(CultureInfo.InvariantCulture)).Where(v => v != "identity"),
    ];

    /// <summary>The coding that the client gets: the service's where the client takes it, else the one it likes best; null for none.</summary>
    public static string? Choose(IList<string?> acceptEncoding, string services)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding!, out var accepted)) return null;
        string? best = null;
        var bestQuality = 0.0;
        foreach (var coding in (string[])[services, "br", "gzip", "deflate"])
        {
            if (coding is not ("br" or "gzip" or "deflate") || Quality(accepted, coding) is not (> 0 and var quality) || quality <= bestQuality) continue;
            (best, bestQuality) = (coding, quality);
        }
        return best;
    }

    private static double Quality(IEnumerable<StringWithQualityHeaderValue> accepted, string coding)
    {
        double? any = null;
        foreach (var value in accepted)
        {
            if (value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase)) return value.Quality ?? 1;
            if (value.Value.Equals("*", StringComparison.Ordinal)) any = value.Quality ?? 1;
        }
        return any ?? 0;
    }
}
