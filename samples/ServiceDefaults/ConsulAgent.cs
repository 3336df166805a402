using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Samples.ServiceDefaults;

/// <summary>The three calls of Consul's agent API that a service needs to be found (Consul 1.8 and later).</summary>
internal sealed class ConsulAgent(HttpClient http)
{
    // Consul's members are spelled in Pascal case, as the records are.
    private static readonly JsonSerializerOptions AsWritten = new(JsonSerializerOptions.Default);

    /// <summary>Whether the agent still has the service: one that was restarted may have forgotten it.</summary>
    public async Task<bool> HasAsync(string id, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri($"v1/agent/service/{Uri.EscapeDataString(id)}", UriKind.Relative), cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    public async Task RegisterAsync(ConsulService service, CancellationToken cancellation)
    {
        using var answer = await http.PutAsJsonAsync("v1/agent/service/register", service, AsWritten, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeregisterAsync(string id, CancellationToken cancellation)
    {
        var path = new Uri($"v1/agent/service/deregister/{Uri.EscapeDataString(id)}", UriKind.Relative);
        using var answer = await http.PutAsync(path, null, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
