using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Forwarding.WebSockets;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>
/// What happens to the two heads on their way through: the duties that RFC 9110 and 9112 give a proxy and the engine leaves to its host, the
/// route's changes, and the checks that nothing ambiguous passes. One for each exchange.
/// </summary>
/// <param name="relay">Set where the client asks for a WebSocket.</param>
internal sealed class RouteTransformer(
    Exchange exchange, ForwardedHeaders forwarded, AnswerChanges changes, Deadline deadline, string scheme, WebSocketRelay? relay) : HttpTransformer
{
    // A field value that holds one of these would end the field, or be read in two ways (RFC 9110 §5.5).
    private static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (char)c), '\x7f']);

    /// <summary>Set when the service's answer can't be passed on; nothing of it has been sent then.</summary>
    public Refusal? Refusal { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext http, HttpRequestMessage request, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(http, request, destinationPrefix, cancellationToken);
        request.Headers.Host = null; // one Host line, and it names the destination (contract 02 §5)
        request.RequestUri = DownstreamUri.Build(scheme, exchange.Destination!, exchange.Target);
        // A WebSocket begins by GET or CONNECT, as the service's version of HTTP has it, and by no other verb.
        if (relay is null && exchange.Method != http.Request.Method) request.Method = new HttpMethod(exchange.Method);

        foreach (var connection in http.Request.Headers.Connection)
            foreach (var name in HopByHop.Named(connection)) HopByHop.Remove(request, name);
        DropContentFields(http, request);
        forwarded.Apply(http, request);
        foreach (var (name, value) in exchange.RequestHeaders) RequestHeader.Set(request, name, value);
        request.Attach(exchange);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext http, HttpResponseMessage? answer, CancellationToken cancellationToken)
    {
        deadline.CallOff();
        if (answer is null) return false;
        if (!IsPassable(http, answer))
        {
            Refusal = Refusal.BadAnswer;
            return false;
        }

        if (answer.Headers.NonValidated.TryGetValues("Connection", out var connections))
            foreach (var connection in connections)
                foreach (var name in HopByHop.Named(connection)) answer.Headers.Remove(name);
        foreach (var name in changes.Owned) answer.Headers.Remove(name);
        var passes = await base.TransformResponseAsync(http, answer, cancellationToken);

        // Where there is no body, a length can only mislead the next reader (contract 00; RFC 9110 §8.6).
        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified || IsHeadForOther(http)) http.Response.Headers.ContentLength = null;
        exchange.DownstreamScheme = answer.RequestMessage?.RequestUri?.Scheme;
        foreach (var transform in changes.Transforms) transform.Apply(exchange);
        relay?.Attach(answer);
        return passes;
    }

    // Ocelot sends no field of a body where there is none, and these three with no request (contract 03 §2.1).
    private static void DropContentFields(HttpContext http, HttpRequestMessage request)
    {
        if (request.Content is not { Headers: var fields }) return;
        fields.Remove("Allow");
        fields.Remove("Expires");
        fields.Remove("Last-Modified");
        // The engine makes an empty body for the fields of one, and a length with it.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false && http.Request.ContentLength is null) request.Content = null;
    }

    private bool IsHeadForOther(HttpContext http) => HttpMethods.IsHead(exchange.Method) && !HttpMethods.IsHead(http.Request.Method);

    private static bool IsPassable(HttpContext http, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status < 100) return false;
        if (status == StatusCodes.Status101SwitchingProtocols && !AskedForUpgrade(http)) return false;
        return IsClean(answer.Headers.NonValidated) && IsClean(answer.Content.Headers.NonValidated) && HasOneLength(answer);
    }

    private static bool IsClean(HttpHeadersNonValidated fields)
    {
        foreach (var field in fields)
            foreach (var value in field.Value)
                if (value.AsSpan().ContainsAny(Forbidden)) return false;
        return true;
    }

    // Two lengths that differ are how one answer is taken for two (RFC 9112 §6.3).
    private static bool HasOneLength(HttpResponseMessage answer) =>
        !answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths)
        || (lengths.Count == 1 && lengths.ToString().AsSpan().IndexOfAnyExceptInRange('0', '9') < 0);

    private static bool AskedForUpgrade(HttpContext http) =>
        http.Request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(http.Request.Method);
}
