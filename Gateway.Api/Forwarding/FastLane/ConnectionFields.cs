using System.Collections.Frozen;

namespace Gateway.Forwarding.FastLane;

/// <summary>Fields that never pass, because they are about one connection or one framing (RFC 9110 §7.6.1); the same as the engine's.</summary>
internal static class ConnectionFields
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Transfer-Encoding", "Keep-Alive", "Upgrade", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info",
        "Proxy-Authorization", "Proxy-Features", "Proxy-Instruction", "Security-Scheme", "ALPN", "Close", "HTTP2-Settings",
        "Upgrade-Insecure-Requests", "TE", "Alt-Svc");

    public static bool Contains(string name) => Names.Contains(name);
}
