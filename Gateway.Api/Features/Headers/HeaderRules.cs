using System.Collections.Frozen;

namespace Gateway.Features.Headers;

/// <summary>What may stand in a header, and which headers need care.</summary>
internal static class HeaderRules
{
    // Fields that say where a message ends, or belong to one connection: to change them is to break the message (RFC 9110 §7.6.1, 9112 §6).
    private static readonly FrozenSet<string> Framing = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    // Ocelot's HTTP stack keeps these with the body, out of sight of its find-and-replace (contract 03 §4.1).
    private static readonly FrozenSet<string> Content = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified");

    /// <summary>The usual answer headers, in the spelling in which the HTTP stack delivers them.</summary>
    public static readonly FrozenSet<string> WellKnown = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Age", "Alt-Svc", "Cache-Control",
        "Content-Security-Policy", "Date", "ETag", "Link", "Location", "Pragma", "Proxy-Authenticate", "Referrer-Policy", "Refresh",
        "Retry-After", "Server", "Set-Cookie", "Strict-Transport-Security", "Vary", "Via", "WWW-Authenticate", "Warning",
        "X-Content-Type-Options", "X-Frame-Options", "X-Powered-By", "X-Request-ID", "X-UA-Compatible", "X-XSS-Protection");

    public static bool IsFraming(string name) => Framing.Contains(name);

    public static bool IsContent(string name) => Content.Contains(name);

    /// <summary>Whether the name is a token (RFC 9110 §5.6.2).</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    /// <summary>Whether the text can stand in a field: octets without controls (RFC 9110 §5.5).</summary>
    public static bool IsValue(string value) => value.All(c => c is '\t' or (>= ' ' and <= '~') or (>= '\u0080' and <= '\u00FF'));
}
