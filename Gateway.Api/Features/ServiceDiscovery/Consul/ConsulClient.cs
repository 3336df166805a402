using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>Asks Consul's HTTP API, 1.8 and later, in questions that wait for news (https://developer.hashicorp.com/consul/api-docs/features/blocking).</summary>
internal sealed class ConsulClient(HttpMessageInvoker http, TimeProvider time)
{
    /// <summary>How long Consul may hold a question back; it bounds how late a dead connection is noticed.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer may take once it is due. Consul itself adds up to a sixteenth to <see cref="Wait"/>.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private const int LongestError = 200;

    /// <summary>The healthy instances of a service, as soon as they are newer than <paramref name="index"/> or <see cref="Wait"/> has passed.</summary>
    /// <param name="query">Path and query that <see cref="HealthQuery"/> made.</param>
    /// <exception cref="HttpRequestException">Consul can't be reached, or refused.</exception>
    /// <exception cref="TimeoutException">Consul didn't answer when it was due.</exception>
    public async Task<ConsulAnswer<List<HealthEntry>>> HealthAsync(ConsulEndpoint endpoint, string query, long index, CancellationToken cancellation)
    {
        var answer = await AskAsync(endpoint, query, index,
            (content, token) => JsonSerializer.DeserializeAsync(content, ConsulJson.Default.ListHealthEntry, token), cancellation);
        return answer with { Value = answer.Value ?? [] };
    }

    private async Task<ConsulAnswer<T>> AskAsync<T>(
        ConsulEndpoint endpoint, string query, long index, Func<Stream, CancellationToken, ValueTask<T?>> read, CancellationToken cancellation) where T : class
    {
        var due = index > 0 ? Wait + Wait / 16 + Grace : Grace;
        using var late = new CancellationTokenSource(due, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var request = Request(endpoint, index > 0 ? Blocking(query, index) : query);
            using var response = await http.SendAsync(request, either.Token);
            await ThrowIfRefusedAsync(response, either.Token);
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            return new ConsulAnswer<T>(IndexOf(response), await read(content, either.Token));
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

    private static string Blocking(string query, long index) =>
        string.Create(CultureInfo.InvariantCulture, $"{query}{(query.Contains('?') ? '&' : '?')}index={index}&wait={Wait.TotalSeconds:0}s");

    private static HttpRequestMessage Request(ConsulEndpoint endpoint, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.Address, query));
        if (endpoint.Token is not null) request.Headers.Add("X-Consul-Token", endpoint.Token);
        if (endpoint.Credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(endpoint.Credentials)));
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
        throw new HttpRequestException($"Consul answered {(int)response.StatusCode}: {reason[..Math.Min(reason.Length, LongestError)].Trim()}", null, response.StatusCode);
    }

    private static long IndexOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Consul-Index", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0;
}
