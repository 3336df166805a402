using System.Net.Http.Headers;

namespace Gateway.Features.Mediation.Http;

/// <summary>Headers that describe a body, when the body changes.</summary>
internal static class ContentHeaders
{
    /// <summary>They were made of the body that came, and would be wrong for the one that goes (RFC 9530, RFC 3230).</summary>
    public static readonly string[] Digests = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest"];

    private static readonly string[] Dropped = [.. Digests, "Content-Length", "Content-Encoding", "Content-Range"];

    /// <summary>Copies what still holds for the mediated body.</summary>
    public static void Copy(HttpContent from, HttpContent to)
    {
        foreach (var (name, values) in from.Headers.NonValidated)
            if (!Dropped.Contains(name, StringComparer.OrdinalIgnoreCase)) to.Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>Sets or removes a header, wherever the platform wants it; the first of several values of one name replaces what was there.</summary>
    public static void Set(HttpHeaders message, HttpHeaders content, string name, string? value, IReadOnlyList<(string Name, string? Value)> all)
    {
        if (value is null || ReferenceEquals(all.First(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value, value))
        {
            message.NonValidated.TryGetValues(name, out _);
            message.Remove(name);
            content.Remove(name);
        }
        if (value is not null && !message.TryAddWithoutValidation(name, value)) content.TryAddWithoutValidation(name, value);
    }
}
