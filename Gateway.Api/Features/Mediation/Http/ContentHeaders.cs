using System.Collections.Frozen;
using System.Net.Http.Headers;

namespace Gateway.Features.Mediation.Http;

/// <summary>Headers that describe a body, when the body changes.</summary>
internal static class ContentHeaders
{
    /// <summary>They were made of the body that came, and would be wrong for the one that goes (RFC 9530, RFC 3230).</summary>
    public static readonly string[] Digests = ["Digest", "Content-Digest", "Repr-Digest"];

    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        [.. Digests, "Content-MD5", "Content-Length", "Content-Encoding", "Content-Range"]);

    // The platform keeps these with the body, and knows them nowhere else.
    private static readonly FrozenSet<string> OfContent = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5", "Content-Range",
        "Content-Type", "Expires", "Last-Modified");

    /// <summary>Copies what still holds for the mediated body.</summary>
    public static void Copy(HttpContent from, HttpContent to)
    {
        foreach (var (name, values) in from.Headers.NonValidated)
        {
            if (Dropped.Contains(name)) continue;
            if (values.Count == 1) to.Headers.TryAddWithoutValidation(name, values.ToString());
            else to.Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>Sets headers, or removes those without a value, wherever the platform keeps them.</summary>
    public static void Apply(IReadOnlyList<(string Name, string? Value)> headers, HttpHeaders message, HttpHeaders content)
    {
        for (var i = 0; i < headers.Count; i++)
        {
            var (name, value) = headers[i];
            var owner = OfContent.Contains(name) ? content : message;
            // Several values of one name follow each other; the first replaces what was there.
            if (i == 0 || !headers[i - 1].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) owner.Remove(name);
            if (value is not null) owner.TryAddWithoutValidation(name, value);
        }
    }
}
