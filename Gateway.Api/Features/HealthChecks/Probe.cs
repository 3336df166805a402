using System.Net;
using System.Net.Sockets;
using Gateway.Pipeline;

namespace Gateway.Features.HealthChecks;

/// <summary>
/// Checks one destination once. Every check makes its own connection, since it is also the way to a host that is checked.
/// </summary>
internal sealed class Probe(ProbeTarget target, TimeSpan timeout) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(Connections(target, timeout));

    /// <returns>What is wrong with the destination, in a few words; null when it is well.</returns>
    public async Task<string?> AskAsync(Destination destination, TimeProvider time, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return target.Path is null
                ? await ConnectAsync(destination, either.Token)
                : await GetAsync(destination, target.Path, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return "no answer in time";
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return e.Message;
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string?> ConnectAsync(Destination destination, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(destination.Host, destination.Port, cancellation);
        return null;
    }

    private async Task<string?> GetAsync(Destination destination, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{target.Scheme}://{destination.Authority}{path}"))
        {
            // Over TLS the two agree on a version; without, the older one is what every server has.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.ParseAdd("Gateway-HealthCheck");
        using var answer = await _http.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
    }

    private static SocketsHttpHandler Connections(ProbeTarget target, TimeSpan timeout) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = timeout,
        SslOptions = target.Transport.Tls(),
    };
}
