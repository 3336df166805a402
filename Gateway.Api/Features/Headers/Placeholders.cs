using System.Diagnostics;

namespace Gateway.Features.Headers;

/// <summary>
/// What <c>{Name}</c> may stand for in header transforms (contract 01 §5). Names are compared exactly, braces included; the gateway's own
/// win.
/// </summary>
internal sealed class Placeholders(
    IConfiguration configuration, IEnumerable<CustomPlaceholder> custom, IEnumerable<ConfigPlaceholders> optIn)
{
    public const string BaseUrl = "{BaseUrl}";
    public const string DownstreamBaseUrl = "{DownstreamBaseUrl}";
    private const string UpstreamHost = "{UpstreamHost}";
    private const string RemoteIpAddress = "{RemoteIpAddress}";
    private const string TraceId = "{TraceId}";
    private const string DefaultBaseUrl = "http://localhost:5000";

    private readonly Dictionary<string, CustomPlaceholder> _custom =
        custom.GroupBy(c => c.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
    private readonly bool _readsConfiguration = optIn.Any();

    /// <summary>The names of a direction, for whoever misspelt one.</summary>
    public IEnumerable<string> Names(bool isResponse) =>
        new[] { BaseUrl, UpstreamHost, RemoteIpAddress }.Concat(isResponse ? [TraceId] : []).Concat(_custom.Keys);

    public IEnumerable<string> NamesAtLoad => _custom.Keys.Prepend(BaseUrl);

    /// <summary>The address of the gateway as clients know it: the global <c>BaseUrl</c>, else the host's setting of that name.</summary>
    public string BaseUrlFor(string? configured) =>
        configured ?? (configuration["BaseUrl"] is { Length: > 0 } host ? host : DefaultBaseUrl);

    /// <summary>What gives the value for each request; null where nothing does.</summary>
    public HeaderValue? PerRequest(string placeholder, bool isResponse, string baseUrl)
    {
        switch (placeholder)
        {
            case BaseUrl: return _ => baseUrl;
            case UpstreamHost: return static http => http.Request.Host.Value;
            case RemoteIpAddress: return static http => AddressOf(http);
            case TraceId when isResponse: return static _ => Activity.Current?.TraceId.ToHexString();
        }
        if (_custom.TryGetValue(placeholder, out var custom)) return _ => custom.Value();
        return FromConfiguration(placeholder) is { } value ? _ => value : null;
    }

    /// <summary>The value that holds as long as the configuration does; null where there is none.</summary>
    public string? AtLoad(string placeholder, string baseUrl) => placeholder == BaseUrl
        ? baseUrl
        : _custom.TryGetValue(placeholder, out var custom) ? custom.Value() : FromConfiguration(placeholder);

    /// <summary>The host's setting that the placeholder names, where the program wants that.</summary>
    public string? FromConfiguration(string placeholder) => _readsConfiguration ? configuration[placeholder[1..^1]] : null;

    private static string? AddressOf(HttpContext http)
    {
        // An IPv4 client of a listener for both families is the same client as on one for IPv4 alone.
        var address = http.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }
}
