using Gateway.Pipeline;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// What may be sent again: whatever couldn't be sent at all goes elsewhere. Where the connection broke under a request without a body before
/// any byte of an answer came, and it had waited for that request, the service may just have been closing it: what may be done twice
/// (RFC 9110 §9.2.2) goes once more, over a fresh one. A GET or HEAD also goes once elsewhere. Nothing else, as its service may have acted on it.
/// </summary>
internal sealed class Retries(DestinationPicker picker)
{
    private readonly List<Destination> _tried = [];
    private bool _hasMoved;

    /// <summary>Whether the next attempt takes no connection that has waited.</summary>
    public bool WantsFresh { get; private set; }

    /// <summary>After a connection that didn't come about.</summary>
    public bool TryElsewhere(Exchange exchange, Exception failure)
    {
        var isUnsent = failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
            or OperationCanceledException { InnerException: TimeoutException };
        if (!isUnsent) return false;
        picker.LetRest(exchange.Destination!);
        return TryMoveOn(exchange);
    }

    /// <summary>After a connection that broke under a request without a body, before a byte of an answer.</summary>
    public bool TryOnceMore(Exchange exchange, Exception failure, bool isReused)
    {
        if (failure is not (IOException or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded })) return false;
        if (isReused && !WantsFresh && MayBeDoneTwice(exchange.Method)) return WantsFresh = true;
        if (_hasMoved || !(HttpMethods.IsGet(exchange.Method) || HttpMethods.IsHead(exchange.Method))) return false;
        _hasMoved = true;
        return TryMoveOn(exchange);
    }

    private static bool MayBeDoneTwice(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method)
        || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method);

    private bool TryMoveOn(Exchange exchange)
    {
        _tried.Add(exchange.Destination!);
        if (picker.LeaseOther(exchange, _tried) is not { } next) return false;
        exchange.Destination!.Leave();
        exchange.Destination = next;
        return true;
    }
}
