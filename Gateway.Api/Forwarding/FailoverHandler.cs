using Gateway.Pipeline;

namespace Gateway.Forwarding;

/// <summary>
/// Sends to another destination when the one chosen can't have processed anything: its connection was refused, or never came about. A GET or
/// HEAD without a body whose connection broke before any byte of the answer is tried once more elsewhere. Anything else is never sent twice.
/// Stands inside the route's delegating handlers, so that they see one request and one answer.
/// </summary>
internal sealed class FailoverHandler(HttpMessageInvoker pool, DestinationPicker picker) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { Headers.ContentLength: null } content) request.Content = new PromptContent(content);
        var exchange = request.Exchange();
        List<Destination>? tried = null;
        if (request.TakesAnotherDestination()) _ = TryMoveOn(exchange, request, ref tried);
        for (var again = true; ;)
        {
            try
            {
                var answer = await pool.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (exchange.Destination is { } answered && IsFor(request, answered)) answered.Answered();
                return answer;
            }
            catch (Exception failure) when (exchange.Destination is { } failed && IsFor(request, failed) && ErrorOf(failure) is { } error)
            {
                var unsent = error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
                var broken = again && IsRepeatable(request) && error is HttpRequestError.ResponseEnded or HttpRequestError.Unknown;
                if (unsent) picker.LetRest(failed);
                if (!unsent && !broken || cancellationToken.IsCancellationRequested) throw;
                again &= unsent;

                if (!TryMoveOn(exchange, request, ref tried)) throw;
            }
        }
    }

    private bool TryMoveOn(Exchange exchange, HttpRequestMessage request, ref List<Destination>? tried)
    {
        (tried ??= []).Add(exchange.Destination!);
        if (picker.LeaseOther(exchange, tried) is not { } next) return false;

        exchange.Destination!.Leave();
        exchange.Destination = next;
        request.RequestUri = DownstreamUri.Build(request.RequestUri!.Scheme, next, request.RequestUri.PathAndQuery);
        return true;
    }

    /// <summary>
    /// What failed on the way; null for what is no failure of it. A connection that took too long to come about, as to a machine that has
    /// vanished, is told by the platform as a cancellation that nobody asked for.
    /// </summary>
    private static HttpRequestError? ErrorOf(Exception failure) => failure switch
    {
        HttpRequestException on => on.HttpRequestError,
        OperationCanceledException { InnerException: TimeoutException } => HttpRequestError.ConnectionError,
        _ => null,
    };

    // A handler may have sent the request somewhere else altogether; that is its own affair.
    private static bool IsFor(HttpRequestMessage request, Destination destination) =>
        request.RequestUri is { } uri && uri.Port == destination.Port
        && string.Equals(uri.Host, destination.UriHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Content is null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head);
}
