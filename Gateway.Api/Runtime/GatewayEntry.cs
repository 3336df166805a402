using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>Where every request enters and leaves: leases the snapshot, finds the route, runs its pipeline, and answers what nobody else did.</summary>
internal sealed partial class GatewayEntry(SnapshotHolder holder, ILogger<GatewayEntry> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var snapshot = holder.Lease();
        if (snapshot is null)
        {
            await RefusalWriter.WriteAsync(http, Refusal.NotReady, RefusalStyle.Default);
            return;
        }

        var style = snapshot.Settings.Refusals;
        try
        {
            await DispatchAsync(http, snapshot);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            await RefusalWriter.WriteAsync(http, Refusal.ClientClosed, style);
        }
        catch (BadHttpRequestException bad)
        {
            var refusal = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusal.PayloadTooLarge : Refusal.BadRequest;
            await RefusalWriter.WriteAsync(http, refusal, style);
        }
        catch (Exception e)
        {
            Log.Unhandled(logger, http.TraceIdentifier, e);
            await RefusalWriter.WriteAsync(http, Refusal.Failed, style);
        }
        finally
        {
            snapshot.Return();
        }
    }

    private static Task DispatchAsync(HttpContext http, Snapshot snapshot)
    {
        var request = RouteRequest.From(http);
        if (PreflightRequest.Is(http.Request))
        {
            // The preflight asks for the sake of another request: that one's route decides (contract 00, CORS).
            var asked = snapshot.Table.Match(request with { Method = http.Request.Headers.AccessControlRequestMethod.ToString() });
            if (asked.Found && asked.Route.Preflight is { } answer) return answer(ExchangeOf(http, asked, request));
        }

        var match = snapshot.Table.Match(request);
        if (match.Found) return match.Route.Pipeline(ExchangeOf(http, match, request));
        if (snapshot.Dynamic is { } services && services.TryServe(http, request, out var served)) return served;
        if (snapshot.Settings.MethodNotAllowed && AllowedMethods.Of(snapshot.Table, request) is { Length: > 0 } allowed)
        {
            http.Response.Headers.Allow = allowed;
            return RefusalWriter.WriteAsync(http, Refusal.MethodNotAllowed, snapshot.Settings.Refusals);
        }
        return RefusalWriter.WriteAsync(http, Refusal.NoRoute, snapshot.Settings.Refusals);
    }

    private static Exchange ExchangeOf(HttpContext http, RouteMatch<CompiledRoute> match, in RouteRequest request)
    {
        var exchange = new Exchange(http, match.Route.Route, match.ReadValues(), request);
        http.Features.Set(exchange); // for whoever counts requests when they have ended
        return exchange;
    }

    private static partial class Log
    {
        [LoggerMessage(510, LogLevel.Error, "Request {RequestId} failed in the gateway itself", EventName = nameof(Unhandled))]
        public static partial void Unhandled(ILogger logger, string requestId, Exception exception);
    }
}
