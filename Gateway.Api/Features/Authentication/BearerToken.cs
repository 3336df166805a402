namespace Gateway.Features.Authentication;

/// <summary>
/// Finds the token in <c>Authorization: Bearer …</c> (RFC 6750 §2.1, contract 05 §9.3). Two such headers are as good as none: the service
/// might go by the one that wasn't checked.
/// </summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token; empty where the header ends behind the scheme's name; null without a bearer header.</summary>
    public static string? Find(HttpRequest request) => IsSent(request) ? Text(request).ToString() : null;

    /// <summary>As <see cref="Find"/>, without making a string; empty also where there is none.</summary>
    public static ReadOnlySpan<char> Read(HttpRequest request) => IsSent(request) ? Text(request) : [];

    public static bool IsSent(HttpRequest request) => Only(request).StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Text(HttpRequest request) => Only(request)[Scheme.Length..].Trim();

    private static ReadOnlySpan<char> Only(HttpRequest request) => request.Headers.Authorization is [var only] ? only : default;
}
