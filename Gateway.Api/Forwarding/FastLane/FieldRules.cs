using System.Collections.Frozen;

namespace Gateway.Forwarding.FastLane;

/// <summary>The fields that don't simply go on; the same that the other lane treats so.</summary>
internal static class FieldRules
{
    private static readonly FrozenDictionary<string, FieldRule> Rules = new (FieldRule Rule, string[] Names)[]
    {
        (FieldRule.OfConnection,
        [
            "Connection", "Transfer-Encoding", "Keep-Alive", "Upgrade", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info",
            "Proxy-Authorization", "Proxy-Features", "Proxy-Instruction", "Security-Scheme", "ALPN", "Close", "HTTP2-Settings",
            "Upgrade-Insecure-Requests", "TE", "Alt-Svc",
        ]),
        (FieldRule.Ours, ["Host", "Content-Length", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix"]),
        (FieldRule.OfBody,
        [
            "Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-Disposition", "Content-MD5", "Content-Range",
        ]),
        (FieldRule.OfAnswer, ["Allow", "Expires", "Last-Modified"]),
    }.SelectMany(group => group.Names.Select(name => (name, group.Rule))).ToFrozenDictionary(x => x.name, x => x.Rule, StringComparer.OrdinalIgnoreCase);

    public static FieldRule Of(string name) => Rules.GetValueOrDefault(name);

    /// <summary>Whether a field of an answer, or of its trailers, is one that the gateway doesn't copy.</summary>
    public static bool IsKeptBack(string name) =>
        Of(name) is FieldRule.OfConnection || (name.Length == 14 && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
}
