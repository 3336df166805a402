using Gateway.Features.Mediation.Plans;
using Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Mediation.Http;

/// <summary>The exchange that a plan's placeholders and conditions see.</summary>
internal sealed class ExchangeContext(Exchange exchange, MediationPlan plan, TimeProvider time) : IMediationContext
{
    private readonly HttpContext _http = exchange.Http;
    private string? _mark;

    /// <summary>The plan's mark for this exchange; made when it is first wanted, which is where entity tags or caches are.</summary>
    public string Mark => _mark ??= plan.Mark(this);

    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string Method => _http.Request.Method;

    public string Path => _http.Request.PathBase.ToUriComponent() + exchange.Path;

    public string QueryString => _http.Request.QueryString.Value ?? "";

    public string BaseUrl => $"{_http.Request.Scheme}://{_http.Request.Host.ToUriComponent()}{_http.Request.PathBase.ToUriComponent()}";

    public string RemoteIp => _http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : "";

    public string RequestId => exchange.RequestId;

    public DateTimeOffset Now => time.GetUtcNow();

    public StringValues Header(string name) => _http.Request.Headers[name];

    public StringValues Query(string name) => _http.Request.Query[name];

    public StringValues Claim(string type)
    {
        var values = StringValues.Empty;
        foreach (var claim in _http.User.FindAll(c => c.Type == type)) values = StringValues.Concat(values, claim.Value);
        return values;
    }

    public string? RouteValue(string name) => exchange.Values.TryGet(name, out var value) ? Uri.UnescapeDataString(value) : null;

    public string? EnvironmentVariable(string name) => Environment.GetEnvironmentVariable(name);

    public Guid NewGuid() => Guid.NewGuid();
}
