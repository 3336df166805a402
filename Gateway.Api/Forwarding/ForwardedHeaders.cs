namespace Gateway.Forwarding;

/// <summary>
/// Tells the service who asked: <c>X-Forwarded-For</c> gets the peer's address behind whatever the client sent, so that the last entry can
/// be trusted; <c>-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are what the gateway itself saw, whatever the client claims. A gateway behind
/// another proxy gets the true ones from ASP.NET Core's forwarded-headers middleware (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>).
/// </summary>
/// <param name="owned">Headers that the route's own sections decide about: they stay as those left them.</param>
internal sealed class ForwardedHeaders(ISet<string> owned)
{
    private const string For = "X-Forwarded-For";
    private const string Proto = "X-Forwarded-Proto";
    private const string Host = "X-Forwarded-Host";
    private const string Prefix = "X-Forwarded-Prefix";

    private readonly bool _for = !owned.Contains(For);
    private readonly bool _proto = !owned.Contains(Proto);
    private readonly bool _host = !owned.Contains(Host);
    private readonly bool _prefix = !owned.Contains(Prefix);

    /// <summary>Whether a route decides about any of them.</summary>
    public static bool AreOwned(ISet<string> owned) => owned.Contains(For) || owned.Contains(Proto) || owned.Contains(Host) || owned.Contains(Prefix);

    public void Apply(HttpContext http, HttpRequestMessage request)
    {
        var headers = request.Headers;
        if (_for && http.Connection.RemoteIpAddress is { } peer)
            headers.TryAddWithoutValidation(For, (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString());
        if (_proto) Set(headers, Proto, http.Request.Scheme);
        if (_host) Set(headers, Host, http.Request.Host.ToUriComponent());
        if (_prefix) Set(headers, Prefix, http.Request.PathBase.ToUriComponent());
    }

    private static void Set(System.Net.Http.Headers.HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        if (value.Length > 0) headers.TryAddWithoutValidation(name, value);
    }
}
