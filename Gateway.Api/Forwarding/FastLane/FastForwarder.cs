using System.Runtime.CompilerServices;
using Gateway.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// Sends requests to services that speak HTTP/1.1 over connections of the gateway's own, for routes on which nothing wants to see an
/// <see cref="HttpRequestMessage"/>. What it passes on, retries and refuses is what the other lane does, but for answers that can be read in
/// two ways: here each of them is refused.
/// </summary>
internal sealed partial class FastForwarder(
    ForwardingOptions options, DestinationPicker picker, UpstreamPool pool, AnswerChanges changes, ForwardingEngine engine)
{
    private const int MostInterimAnswers = 32;

    private readonly long _timeout = (long)options.Timeout.TotalMilliseconds;

    /// <summary>How far a request has come when it fails.</summary>
    private enum Stage
    {
        Connecting,
        Sending,
        Answering,
        Begun,
    }

    /// <summary>Whether a request can go this way: no upgrade, no waiting for leave to send, no other name for the certificate than the host's.</summary>
    public static bool Takes(Exchange exchange, bool isSecure)
    {
        var request = exchange.Http.Request;
        if (request.Headers.Upgrade.Count > 0 || request.Headers.Expect.Count > 0) return false;
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsConnect(exchange.Method)) return false;
        if (!isSecure) return true;
        for (var i = 0; i < exchange.RequestHeaders.Count; i++)
            if (exchange.RequestHeaders[i].Name.Equals("Host", StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    /// <summary>Sends the request to the exchange's destination, or another where that fails, and the answer to the client.</summary>
    public async Task ForwardAsync(Exchange exchange, bool isSecure)
    {
        var http = exchange.Http;
        var until = Environment.TickCount64 + _timeout;
        var length = RequestBody.LengthOf(http);
        Retries? retries = null;
        while (true)
        {
            var endpoint = pool.Find(exchange.Destination!.Authority, isSecure);
            UpstreamConnection? connection = null;
            RequestBody? body = null;
            Task<bool>? sending = null;
            CancellationTokenRegistration leaving = default;
            var stage = Stage.Connecting;
            try
            {
                connection = (endpoint.IsLimited || retries is { WantsFresh: true } ? null : endpoint.TakeIdle()) ?? await OpenAsync(endpoint, http, until);
                connection.ExpireAt(until);
                leaving = http.RequestAborted.UnsafeRegister(static aborted => ((UpstreamConnection)aborted!).Abort(), connection);

                stage = Stage.Sending;
                RequestHead.Write(connection.Output, exchange, endpoint, length);
                if (length <= 0) await connection.SendAsync(connection.Output.Written);
                else sending = (body = new RequestBody(http, connection, length)).SendAsync();

                var headLength = await ReceiveHeadAsync(connection);
                stage = Stage.Answering;
                Begin(exchange, connection, headLength, isSecure);
                stage = Stage.Begun;
                var isReusable = await AnswerBody.RelayAsync(http, connection);

                leaving.Dispose();
                endpoint.Return(connection, isReusable && (sending is null || (sending.IsCompletedSuccessfully && sending.Result)));
                if (sending is { IsCompleted: false }) await StopAsync(body!, sending);
                await http.Response.BodyWriter.FlushAsync();
                return;
            }
            catch (Exception failure)
            {
                leaving.Dispose();
                var (hasExpired, hasReceived, isReused) = connection is null ? (false, false, false) : (connection.HasExpired, connection.HasReceived, connection.IsReused);
                if (connection is not null) endpoint.Return(connection, isReusable: false);
                if (sending is { IsCompleted: false }) await StopAsync(body!, sending);

                var isOver = hasExpired || http.RequestAborted.IsCancellationRequested || body?.ClientFailure is not null;
                if (!isOver && stage == Stage.Connecting && (retries ??= new Retries(picker)).TryElsewhere(exchange, failure)) continue;
                if (!isOver && stage == Stage.Sending && length is RequestBody.None && !hasReceived
                    && (retries ??= new Retries(picker)).TryOnceMore(exchange, failure, isReused)) continue;
                await FailAsync(exchange, stage, failure, body?.ClientFailure, hasExpired);
                return;
            }
        }
    }

    private static async Task<UpstreamConnection> OpenAsync(UpstreamEndpoint endpoint, HttpContext http, long until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64)));
        return await endpoint.OpenAsync(limit.Token);
    }

    /// <summary>Reads the final head; interim ones tell the gateway nothing and are passed over (RFC 9110 §15.2).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> ReceiveHeadAsync(UpstreamConnection connection)
    {
        var (from, interim) = (0, 0);
        while (true)
        {
            var length = AnswerHead.FindEnd(connection.Unread, ref from);
            if (length > AnswerHead.LongestHead) throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The head is too long.");
            if (length > 0)
            {
                if (!connection.Head.TryRead(connection.Unread[..length])) throw Invalid();
                if (connection.Head.Status >= StatusCodes.Status200OK)
                    return connection.CallOffDeadline() ? length : throw new OperationCanceledException("The head came too late.");
                if (connection.Head.Status == StatusCodes.Status101SwitchingProtocols || ++interim > MostInterimAnswers) throw Invalid();
                connection.Use(length);
                from = 0;
                continue;
            }
            if (AnswerHead.IsHopeless(connection.Unread)) throw Invalid();
            if (!await connection.FillAsync()) throw new HttpRequestException(HttpRequestError.ResponseEnded, "The service closed the connection without an answer.");
        }
    }

    private void Begin(Exchange exchange, UpstreamConnection connection, int headLength, bool isSecure)
    {
        exchange.Destination!.Answered();
        exchange.DownstreamScheme = isSecure ? "https" : "http";
        AnswerFields.Apply(exchange.Http, connection.Head, connection.Unread[..headLength], pool.Strings, changes.Owned);
        connection.Use(headLength);
        for (var i = 0; i < changes.Transforms.Count; i++) changes.Transforms[i].Apply(exchange);
    }

    private static async Task StopAsync(RequestBody body, Task sending)
    {
        body.Stop();
        await sending;
    }

    private Task FailAsync(Exchange exchange, Stage stage, Exception failure, Exception? clientFailure, bool hasExpired)
    {
        var http = exchange.Http;
        var error = (stage, clientFailure) switch
        {
            (Stage.Begun, null) => failure is OperationCanceledException ? ForwarderError.ResponseBodyCanceled : ForwarderError.ResponseBodyDestination,
            (_, not null) => ForwarderError.RequestBodyClient,
            (Stage.Answering, _) => ForwarderError.ResponseHeaders,
            _ => failure is FormatException ? ForwarderError.RequestCreation : ForwarderError.Request,
        };
        var (refusal, detail) = ForwardingErrors.Explain(error, clientFailure ?? failure, http.RequestAborted.IsCancellationRequested, hasExpired);
        Log.Broke(engine.Logger, exchange.Route.Name, exchange.Destination!.Authority, error, refusal.Code, failure);
        if (stage < Stage.Begun) return exchange.RefuseAsync(refusal, detail);

        http.Features.Set(refusal);
        http.Abort(); // what has been said of the answer can't be taken back, and half of it must not look whole
        return Task.CompletedTask;
    }

    private static HttpRequestException Invalid() => new(HttpRequestError.InvalidResponse, "The service's answer is no valid HTTP/1.1.");

    private static partial class Log
    {
        [LoggerMessage(402, LogLevel.Debug, "Route {Route}: sending to {Destination} failed with {Error}, answered {Refusal}", EventName = nameof(Broke))]
        public static partial void Broke(ILogger logger, string route, string destination, ForwarderError error, string refusal, Exception? exception);
    }
}
