using System.Diagnostics;
using Gateway.Pipeline;

namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary>
/// Writes one structured line for each call, when the last byte of the answer is out. Gives the request's id back to the client where the
/// route has a header for it; the trace context travels by the connection itself.
/// </summary>
internal sealed partial class RequestLoggingHandler(
    RequestLoggingOptions options, string? requestIdHeader, TimeProvider time, ILogger<RequestLoggingHandler> logger) : DelegatingHandler
{
    private readonly LogLevel _level = options.Level ?? LogLevel.Information;
    private readonly LoggedHeaders _requestHeaders = new(options.RequestHeaders ?? []);
    private readonly LoggedHeaders _responseHeaders = new(options.ResponseHeaders ?? []);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = request.Exchange();
        var call = logger.IsEnabled(_level) ? Begin(exchange, request) : null;
        var answer = await base.SendAsync(request, cancellationToken);
        call?.Count(answer);
        if (requestIdHeader is not null && !answer.Headers.Contains(requestIdHeader))
            answer.Headers.TryAddWithoutValidation(requestIdHeader, exchange.RequestId);
        return answer;
    }

    private LoggedCall Begin(Exchange exchange, HttpRequestMessage request)
    {
        var call = new LoggedCall(exchange, time.GetTimestamp(), Activity.Current?.TraceId.ToHexString());
        call.Count(request);
        // The end of the whole exchange, also where no answer came or the client left in the middle.
        exchange.Http.Response.OnCompleted(() =>
        {
            Write(call);
            return Task.CompletedTask;
        });
        return call;
    }

    private void Write(LoggedCall call)
    {
        var (exchange, http) = (call.Exchange, call.Exchange.Http);
        var elapsed = Math.Round(time.GetElapsedTime(call.Start).TotalMilliseconds, 3);
        var requestHeaders = _requestHeaders.Write(http.Request.Headers);
        var responseHeaders = _responseHeaders.Write(http.Response.Headers);
        var subject = SubjectOf(http);
        var outcome = OutcomeOf(http);
        Log.Called(logger, _level, exchange.RequestId, call.TraceId, exchange.Route.Name, exchange.Destination?.Authority,
            exchange.Method, exchange.Path, http.Response.StatusCode, call.RequestBytes, call.ResponseBytes, elapsed, subject, outcome,
            requestHeaders, responseHeaders);
    }

    private string? SubjectOf(HttpContext http) => options.SubjectClaim is { } claim
        ? http.User.FindFirst(claim)?.Value
        : (http.User.FindFirst("sub") ?? http.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier))?.Value;

    /// <summary><c>completed</c>, else the code of the refusal that the client got, or would have got had the answer not begun.</summary>
    private static string OutcomeOf(HttpContext http) => http.Features.Get<Refusal>()?.Code ?? "completed";

    private static partial class Log
    {
        [LoggerMessage(EventId = 1300, EventName = nameof(Called), Message =
            "{Method} {Path} on {Route} to {Destination}: {Status}, {Outcome} in {ElapsedMs} ms; {RequestBytes} bytes in, {ResponseBytes} out; "
            + "request {RequestId} trace {TraceId} subject {Subject} {RequestHeaders} {ResponseHeaders}")]
        public static partial void Called(
            ILogger logger, LogLevel level, string requestId, string? traceId, string route, string? destination, string method,
            string path, int status, long requestBytes, long responseBytes, double elapsedMs, string? subject, string outcome,
            string? requestHeaders, string? responseHeaders);
    }
}
