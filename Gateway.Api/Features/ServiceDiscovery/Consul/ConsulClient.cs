using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using System.Text.Json;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>
/// Speaks Consul's HTTP API, 1.8 and later; asks questions that wait for news
/// (https://developer.hashicorp.com/consul/api-docs/features/blocking).
/// </summary>
/// <exception cref="HttpRequestException">Of every method: Consul can't be reached, or refused.</exception>
/// <exception cref="TimeoutException">Of every method: Consul didn't answer when it was due.</exception>
internal sealed class ConsulClient(IConfiguration environment, TimeProvider time) : IDisposable
{
    /// <summary>How long Consul may hold a question back; it bounds how late a dead connection is noticed.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer may take once it is due. Consul itself adds up to a sixteenth to <see cref="Wait"/>.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private const int LongestError = 200;

    private readonly HttpMessageInvoker _http = new(Connections(environment));

    /// <summary>
    /// The healthy instances of a service, as soon as they are newer than <paramref name="index"/> or <see cref="Wait"/> has passed.
    /// </summary>
    /// <param name="query">Path and query that <see cref="HealthQuery"/> made.</param>
    public Task<ConsulAnswer<List<HealthEntry>>> HealthAsync(
        ConsulEndpoint endpoint, string query, long index, CancellationToken cancellation) =>
        AskAsync(endpoint, HttpMethod.Get, Blocking(query, index), Due(index), async (response, token) =>
        {
            await ThrowIfRefusedAsync(response, token);
            await using var content = await response.Content.ReadAsStreamAsync(token);
            var entries = await JsonSerializer.DeserializeAsync(content, ConsulJson.Default.ListHealthEntry, token);
            return new ConsulAnswer<List<HealthEntry>>(IndexOf(response), entries);
        }, cancellation);

    /// <summary>
    /// What stands under a key of the KV store, null for nothing, as soon as it is newer than <paramref name="index"/> or
    /// <see cref="Wait"/> has passed.
    /// </summary>
    public Task<ConsulAnswer<byte[]>> KeyAsync(ConsulEndpoint endpoint, string key, long index, CancellationToken cancellation) =>
        AskAsync(endpoint, HttpMethod.Get, Blocking($"{KeyPath(key)}?raw", index), Due(index), async (response, token) =>
        {
            if (response.StatusCode == HttpStatusCode.NotFound) return new ConsulAnswer<byte[]>(IndexOf(response), null);
            await ThrowIfRefusedAsync(response, token);
            return new ConsulAnswer<byte[]>(IndexOf(response), await response.Content.ReadAsByteArrayAsync(token));
        }, cancellation);

    /// <summary>Puts a value under a key where there is none.</summary>
    /// <returns>Whether there was none.</returns>
    public Task<bool> AddKeyAsync(ConsulEndpoint endpoint, string key, byte[] value, CancellationToken cancellation) =>
        AskAsync(endpoint, HttpMethod.Put, $"{KeyPath(key)}?cas=0", Grace, async (response, token) =>
        {
            await ThrowIfRefusedAsync(response, token);
            return (await response.Content.ReadAsStringAsync(token)).StartsWith("true", StringComparison.Ordinal);
        }, cancellation, value);

    /// <summary>Puts a value under a key, whatever stands there.</summary>
    public Task PutKeyAsync(ConsulEndpoint endpoint, string key, byte[] value, CancellationToken cancellation) =>
        AskAsync(endpoint, HttpMethod.Put, KeyPath(key), Grace, async (response, token) =>
        {
            await ThrowIfRefusedAsync(response, token);
            var answer = await response.Content.ReadAsStringAsync(token);
            return answer.StartsWith("true", StringComparison.Ordinal) ? true : throw new HttpRequestException($"Consul didn't store the value: {answer.Trim()}");
        }, cancellation, value);

    public void Dispose() => _http.Dispose();

    private async Task<T> AskAsync<T>(
        ConsulEndpoint endpoint, HttpMethod method, string query, TimeSpan due,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation, byte[]? body = null)
    {
        using var late = new CancellationTokenSource(due, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var request = Request(endpoint, method, query, body);
            using var response = await _http.SendAsync(request, either.Token);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Consul at {endpoint} gave no answer in {due.TotalSeconds:0} s");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"Consul at {endpoint} gave an answer that isn't its own: {e.Message}", e);
        }
    }

    private static TimeSpan Due(long index) => index > 0 ? Wait + Wait / 16 + Grace : Grace;

    private static string Blocking(string query, long index) =>
        index > 0 ? string.Create(CultureInfo.InvariantCulture, $"{query}&index={index}&wait={Wait.TotalSeconds:0}s") : query;

    private static string KeyPath(string key) => $"/v1/kv/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}";

    private static HttpRequestMessage Request(ConsulEndpoint endpoint, HttpMethod method, string query, byte[]? body)
    {
        var request = new HttpRequestMessage(method, new Uri(endpoint.Address, query));
        if (body is not null) request.Content = new ByteArrayContent(body);
        if (endpoint.Token is not null) request.Headers.TryAddWithoutValidation("X-Consul-Token", endpoint.Token);
        if (endpoint.Credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(endpoint.Credentials)));
        return request;
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            // A token that may not read the service gets an empty list; to believe it would be to lose all instances.
            if (response.Headers.TryGetValues("X-Consul-Results-Filtered-By-ACLs", out var filtered) && filtered.Contains("true"))
                throw new HttpRequestException("Consul left instances out of its answer, because the token may not read them");
            return;
        }
        var reason = await response.Content.ReadAsStringAsync(cancellation);
        var start = reason[..Math.Min(reason.Length, LongestError)].Trim();
        throw new HttpRequestException($"Consul answered {(int)response.StatusCode}: {start}", null, response.StatusCode);
    }

    private static long IndexOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Consul-Index", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0;

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
