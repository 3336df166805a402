using Gateway.Routing;
using Microsoft.Extensions.Primitives;

namespace Gateway.Pipeline;

/// <summary>
/// One request with its answer, on its way through a route. Made once the route is known; used by one request at a time, so nothing in it
/// is synchronised. What features want to change about the downstream request is noted here and applied when it is sent.
/// </summary>
internal sealed class Exchange(HttpContext http, Route route, RouteValues values, in RouteRequest request)
{
    private List<(string Name, string? Value)>? _requestHeaders;
    private string? _target;

    public HttpContext Http { get; } = http;

    public Route Route { get; } = route;

    /// <summary>What the route's templates captured; features may add to it until the downstream URL is built.</summary>
    public RouteValues Values { get; } = values;

    /// <summary>The client's path in canonical encoding, as it was matched.</summary>
    public string Path { get; } = request.Path.Text;

    /// <summary>The query, with its <c>?</c> or empty, from which the downstream URL will be built; the client's unless a feature changed it.</summary>
    public string Query { get; set; } = request.Query;

    /// <summary>The verb to send; the client's unless the route has <c>DownstreamHttpMethod</c>.</summary>
    public string Method { get; set; } = request.Method;

    /// <summary>
    /// Path and query of the downstream request. Built when first asked for, from <see cref="Values"/> and <see cref="Query"/> as they are
    /// then; may be replaced.
    /// </summary>
    public string Target
    {
        get => _target ??= Route.Downstream.Build(Values, Path, Query).ToString();
        set => _target = value;
    }

    /// <summary>The destination chosen last; null before.</summary>
    public Destination? Destination { get; set; }

    /// <summary>The scheme of the request that was answered; null before the answer.</summary>
    public string? DownstreamScheme { get; set; }

    /// <summary>The id that logs, problem bodies and, where configured, the service see for this request.</summary>
    public string RequestId => Http.TraceIdentifier;

    /// <summary>Headers to set (or, with a null value, to remove) on the downstream request after the client's were copied, in order.</summary>
    public IReadOnlyList<(string Name, string? Value)> RequestHeaders => _requestHeaders ?? (IReadOnlyList<(string, string?)>)[];

    /// <summary>Sets a header of the downstream request, whatever the client sent under that name, in any case.</summary>
    public void SetRequestHeader(string name, string? value) => (_requestHeaders ??= []).Add((name, value));

    /// <summary>A request header as the service will see it, by what is known so far: as a feature set it, else as the client sent it.</summary>
    public StringValues RequestHeader(string name)
    {
        for (var i = RequestHeaders.Count - 1; i >= 0; i--)
            if (string.Equals(RequestHeaders[i].Name, name, StringComparison.OrdinalIgnoreCase)) return RequestHeaders[i].Value;
        return Http.Request.Headers[name];
    }

    /// <summary>Answers with a refusal in place of the rest of the pipeline.</summary>
    public Task RefuseAsync(Refusal refusal, string? detail = null) => RefusalWriter.WriteAsync(Http, refusal, Route.Refusals, detail);
}
