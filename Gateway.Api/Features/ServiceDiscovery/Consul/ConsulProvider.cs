using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Gateway.Configuration;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>Consul. <c>PollConsul</c> is the same watch: to be told of news is never later than to poll for it.</summary>
internal sealed class ConsulProvider : IDiscoveryProvider, IDisposable
{
    private static readonly TimeSpan DefaultPollingInterval = TimeSpan.FromSeconds(1);

    private readonly IConfiguration _environment;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpMessageInvoker _http;
    private readonly ConsulClient _client;

    public ConsulProvider(IConfiguration environment, TimeProvider time, ILoggerFactory loggers)
    {
        (_environment, _time, _logger) = (environment, time, loggers.CreateLogger<ConsulWatch>());
        _http = new HttpMessageInvoker(Connections(environment));
        _client = new ConsulClient(_http, time);
    }

    public IReadOnlyList<string> Names { get; } = ["Consul", "PollConsul"];

    public ServiceWatch? Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section)
    {
        if (options.PollingInterval < 0)
            section.Error("ServiceDiscoveryProvider.PollingInterval", $"must not be negative, was {options.PollingInterval}", "Write milliseconds, or 0");
        if (ConsulEndpointCompiler.Compile(options, _environment, section) is not { } endpoint) return null;

        var query = HealthQuery.For(service.Name, options);
        var useNodeName = options.UseNodeName ?? false;
        var interval = options.PollingInterval is > 0 and { } written ? TimeSpan.FromMilliseconds(written) : DefaultPollingInterval;
        var watch = new ConsulWatch(_client, endpoint, query, useNodeName, interval, _time, _logger);
        return new ServiceWatch($"{endpoint}{query} {Hash(endpoint)} {useNodeName} {interval}", watch.ListsAsync);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A changed secret is another watch, but is no text to keep as a key.</summary>
    private static string Hash(ConsulEndpoint endpoint) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.Token}\n{endpoint.Credentials}")));

    private static SocketsHttpHandler Connections(IConfiguration environment)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (environment["CONSUL_HTTP_SSL_VERIFY"] is "0" or "false")
#pragma warning disable CA5359 // what CONSUL_HTTP_SSL_VERIFY=false asks for, and nothing else does
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        return handler;
    }
}
