using System.Buffers;

namespace Gateway.Features.Claims;

/// <summary>Which headers a claim can fill.</summary>
internal static class HeaderName
{
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // They say where a message goes, where it ends, or what its body is.
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect",
        "Allow", "Expires", "Last-Modified",
    };

    public static (string Message, string Fix)? FaultOf(string name) =>
        name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token) ? ($"\"{name}\" is no name of a header", "Write a name such as X-User-Id")
        : Taken.Contains(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            ? ($"'{name}' belongs to the connection or the body, which no claim describes", "Write a name such as X-User-Id")
            : null;
}
