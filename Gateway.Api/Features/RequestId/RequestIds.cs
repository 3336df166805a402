using System.Collections.Frozen;
using Gateway.Configuration;

namespace Gateway.Features.RequestId;

/// <summary>The key of request ids, and which ids of clients are taken over.</summary>
internal static class RequestIds
{
    private const int MaxLength = 128;
    private const string HeaderWithoutKey = "RequestId";

    /// <summary>The header that carries a request's id: a route's own, else the global one.</summary>
    public static readonly SectionKey<string?> Key = new("RequestIdKey", Levels.Route | Levels.Global, Combination.OwnElseGlobal);

    // An id is written to logs and problem bodies, and sent to services that didn't ask for these.
    private static readonly FrozenSet<string> Unfit = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Authorization", "Connection", "Content-Length", "Cookie", "Host", "Proxy-Authorization", "Set-Cookie", "TE", "Transfer-Encoding",
        "Upgrade");

    /// <summary>The header that the client's id comes in, known before any route's own key.</summary>
    public static string IncomingHeader(GlobalSection global) => global.ReadOwn(Key) is { } key && IsHeader(key) ? key : HeaderWithoutKey;

    public static bool IsHeader(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)) && !Unfit.Contains(name);

    /// <summary>Makes the first value of the header the request's id, if it can be one: 1 to 128 visible ASCII characters.</summary>
    /// <returns>False where the header holds something else, so that the id is the server's own.</returns>
    public static bool Adopt(HttpContext http, string header)
    {
        var values = http.Request.Headers[header];
        if (values.Count == 0) return true;
        if (values[0] is not { Length: > 0 and <= MaxLength } id || id.AsSpan().ContainsAnyExceptInRange('!', '~')) return false;
        http.TraceIdentifier = id;
        return true;
    }
}
