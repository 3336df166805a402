using System.Diagnostics;
using System.Net;
using System.Text;
using Gateway.Forwarding.FastLane;
using Gateway.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>A pool of connections. Nothing of a message is touched here: no redirects, cookies or decompression unless a route asks.</summary>
internal sealed class Transport(TransportOptions options) : IDisposable
{
    /// <summary>Long enough to lose two packets on the way, short enough to try another destination while the client waits.</summary>
    public static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    /// <summary>The pool itself: it outlives the routes' chains of handlers, which end at it but don't own it.</summary>
    public HttpMessageInvoker Pool { get; } = new(Connect(options));

    /// <summary>The fast lane's connections.</summary>
    public UpstreamPool Connections { get; } = new(options.MaxConnectionsPerServer, options.PooledConnectionLifetime);

    public void Dispose()
    {
        Pool.Dispose();
        Connections.Dispose();
    }

    private static SocketsHttpHandler Connect(TransportOptions options) => new()
    {
        AllowAutoRedirect = options.AllowAutoRedirect,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = options.UseCookies,
        UseProxy = options.UseProxy,
        MaxConnectionsPerServer = options.MaxConnectionsPerServer,
        PooledConnectionLifetime = options.PooledConnectionLifetime,
        ConnectTimeout = ConnectWithin,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
        // Field values are octets; Latin-1 carries each of them through unchanged (RFC 9110 §5.5).
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        SslOptions = options.Tls(),
    };
}
