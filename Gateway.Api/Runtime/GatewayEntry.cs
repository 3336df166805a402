using Gateway.Pipeline;
using Gateway.Routing;
using Microsoft.AspNetCore.Http.Features;

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
        var request = http.Request;
        var path = RequestPath.Canonical(http.Features.Get<IHttpRequestFeature>()!.RawTarget, request.Path.Value ?? "", request.PathBase.Value ?? "");
        var query = request.QueryString.Value ?? "";

        if (IsPreflight(request) && Find(request.Headers.AccessControlRequestMethod.ToString()) is { Payload.Preflight: { } answer } asked)
            return answer(new Exchange(http, asked.Payload.Route, asked.Values, path, query));
        if (Find(request.Method) is { } found)
            return found.Payload.Pipeline(new Exchange(http, found.Payload.Route, found.Values, path, query));
        return RefuseAsync(http, snapshot, path, query);

        RouteMatch<CompiledRoute>? Find(string method) =>
            snapshot.Table.Match(new RouteRequest(request.Host.Value, method, path, query, request.Headers));
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count == 1 && request.Headers.Origin.Count == 1;

    private static Task RefuseAsync(HttpContext http, Snapshot snapshot, string path, string query)
    {
        if (!snapshot.Settings.MethodNotAllowed) return RefusalWriter.WriteAsync(http, Refusal.NoRoute, snapshot.Settings.Refusals);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(510, LogLevel.Error, "Request {RequestId} failed in the gateway itself", EventName = nameof(Unhandled))]
        public static partial void Unhandled(ILogger logger, string requestId, Exception exception);
    }
}
