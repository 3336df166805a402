using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.Caching;

/// <summary>
/// Under what an answer is kept: a hash of the route, the downstream method and URL, the host and scheme that the client asked, a header, where
/// configured the body, who asks (contract 00, Cache key), and how the answer is mediated: another plan makes another answer.
/// </summary>
internal static class CacheKey
{
    /// <returns>Null where the answer to this request must not be shared and it isn't known with whom.</returns>
    public static async ValueTask<string?> OfAsync(Exchange exchange, HttpRequestMessage request, CacheSettings settings, CacheRules rules)
    {
        var client = exchange.Http.Request;
        var caller = rules.TellsClientsApart ? CallerOf(exchange.Http, settings.IsProtected) : "";
        var body = settings.HashesBody && request.Content is not null ? await BodyHash.OfAsync(client, settings.MaxEntryBytes) : "";
        if (caller is null || body is null) return null;

        var mediation = exchange.Route.MediationMark?.Invoke(exchange) ?? "";
        return Hash([settings.Route, request.Method.Method, client.Scheme, client.Host.Value ?? "", exchange.Target, ValueOf(request, settings.Header), caller, body, mediation]);
    }

    /// <summary>The key of the answer for a client that sends these values of the headers by which answers differ.</summary>
    public static string Variant(string key, IReadOnlyList<string> vary, HttpRequestMessage request) =>
        Hash([key, .. vary.Select(name => $"{name.ToLowerInvariant()}: {ValueOf(request, name)}")]);

    private static string ValueOf(HttpRequestMessage request, string header) =>
        request.Headers.NonValidated.TryGetValues(header, out var values)
        || request.Content?.Headers.NonValidated.TryGetValues(header, out values) == true
            ? values.ToString()
            : "";

    // Credentials of a route that asks for none may still matter to the service (RFC 9111 §3.5).
    private static string? CallerOf(HttpContext http, bool isProtected)
    {
        var credentials = http.Request.Headers.Authorization.ToString();
        if (!isProtected) return credentials;
        var subject = http.User.FindFirst("sub") ?? http.User.FindFirst(ClaimTypes.NameIdentifier);
        return subject is not null ? $"subject {subject.Issuer} {subject.Value}" : credentials.Length > 0 ? credentials : null;
    }

    // Each part is told apart by its length, so that no text in one can pass for the beginning of the next.
    private static string Hash(ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(part.Length).Append(':').Append(part);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
