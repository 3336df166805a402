namespace Gateway.Forwarding;

/// <summary>
/// Tells the service who asked: <c>X-Forwarded-For</c> gets the peer's address behind whatever the client sent, so that the last entry can
/// be trusted; <c>-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are what the gateway itself saw, whatever the client claims. A gateway behind
/// another proxy gets the true ones from ASP.NET Core's forwarded-headers middleware (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>).
/// </summary>
internal static class ForwardedHeaders
{
    public static void Apply(HttpContext http, HttpRequestMessage request)
    {
        var headers = request.Headers;
        if (http.Connection.RemoteIpAddress is { } peer)
            headers.TryAddWithoutValidation("X-Forwarded-For", (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString());
        Set(headers, "X-Forwarded-Proto", http.Request.Scheme);
        Set(headers, "X-Forwarded-Host", http.Request.Host.ToUriComponent());
        Set(headers, "X-Forwarded-Prefix", http.Request.PathBase.ToUriComponent());
    }

    private static void Set(System.Net.Http.Headers.HttpRequestHeaders headers, string name, string value)
    {
        headers.Remove(name);
        if (value.Length > 0) headers.TryAddWithoutValidation(name, value);
    }
}
