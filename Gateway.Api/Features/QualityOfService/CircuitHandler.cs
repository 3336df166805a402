using System.Globalization;
using System.Net;
using Gateway.Pipeline;

namespace Gateway.Features.QualityOfService;

/// <summary>
/// Stands directly before the connection: refuses while the circuit is open, and tells the circuit how each call ended. A failure is an answer
/// of 500 to 508, a connection that can't be made or breaks, and a time-out, the route's own too; never what the client did.
/// </summary>
internal sealed partial class CircuitHandler(Circuit circuit, ILogger logger) : DelegatingHandler
{
    private static readonly Refusal CircuitOpen = new("circuit_open", 503, "The service is failing; the gateway gives it a rest.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = request.Exchange();
        if (!circuit.TryEnter(out var pass, out var wait)) throw Refused(exchange, wait);

        var outcome = CallOutcome.Unknown;
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            outcome = answer.StatusCode is >= HttpStatusCode.InternalServerError and <= HttpStatusCode.LoopDetected
                ? CallOutcome.Failure
                : CallOutcome.Success;
            return answer;
        }
        catch (Exception e)
        {
            if (!IsTheClients(e, exchange.Http)) outcome = CallOutcome.Failure;
            throw;
        }
        finally
        {
            Report(exchange.Route.Name, circuit.Leave(pass, outcome));
        }
    }

    private static RefusalException Refused(Exchange exchange, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            exchange.Http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new RefusalException(CircuitOpen);
    }

    private static bool IsTheClients(Exception? exception, HttpContext http)
    {
        if (http.RequestAborted.IsCancellationRequested) return true;
        for (; exception is not null; exception = exception.InnerException)
            if (exception is BadHttpRequestException) return true;
        return false;
    }

    private void Report(string route, CircuitChange change)
    {
        if (change == CircuitChange.Opened) Log.Opened(logger, route);
        else if (change == CircuitChange.Closed) Log.Closed(logger, route);
    }

    private static partial class Log
    {
        [LoggerMessage(2200, LogLevel.Warning, "Route {Route}: the service keeps failing, its circuit is open", EventName = nameof(Opened))]
        public static partial void Opened(ILogger logger, string route);

        [LoggerMessage(2201, LogLevel.Information, "Route {Route}: the service answers again, its circuit is closed", EventName = nameof(Closed))]
        public static partial void Closed(ILogger logger, string route);
    }
}
