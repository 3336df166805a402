using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;
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

    /// <summary>Whether a route can go this way: no handler wants to see a message, and no option asks for what only the platform's client does.</summary>
    public static bool Fits(RouteBuilder route, ForwardingOptions options) =>
        route is { Handlers.Count: 0, InnerHandlers.Count: 0, Transport: { AllowAutoRedirect: false, UseProxy: false, UseCookies: false } }
        && options.Version == HttpVersion.Version11 && options.VersionPolicy != HttpVersionPolicy.RequestVersionOrHigher
        && !ForwardedHeaders.AreOwned(route.OwnedRequestHeaders);

    /// <summary>
    /// Whether a request can go this way: over plain TCP, without upgrade or leave to send, with no change of the fields that frame it; its
    /// answer goes to a client and not into an aggregate, and nobody waits for a span of the call, which the platform's client makes.
    /// </summary>
    public static bool Takes(Exchange exchange, string scheme)
    {
        if (!string.Equals(scheme, Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)) return false;
        var (http, method) = (exchange.Http, exchange.Method);
        var headers = http.Request.Headers;
        if (headers.Upgrade.Count > 0 || headers.Expect.Count > 0 || HttpMethods.IsConnect(http.Request.Method) || HttpMethods.IsConnect(method)) return false;
        for (var i = 0; i < exchange.RequestHeaders.Count; i++)
            if (!RequestHead.MayBeSet(exchange.RequestHeaders[i].Name)) return false;
        if (Activity.Current is { Recorded: true } activity && activity.Source.HasListeners()) return false;
        return http.Features.Get<IHttpResponseBodyFeature>() is not StreamResponseBodyFeature;
    }

    /// <summary>Sends the request to the exchange's destination, or another where that fails, and the answer to the client.</summary>
    public async Task ForwardAsync(Exchange exchange)
    {
        var http = exchange.Http;
        var until = Environment.TickCount64 + _timeout;
        var length = RequestBody.LengthOf(http);
        var isHead = HttpMethods.IsHead(exchange.Method);
        Retries? retries = null;
        while (true)
        {
            UpstreamConnection? connection = null;
            RequestBody? body = null;
            CancellationTokenRegistration leaving = default;
            var isHeld = false;
            var stage = Stage.Connecting;
            Exception failure;
            try
            {
                var endpoint = pool.Find(exchange.Destination!.Authority);
                var isFresh = retries is { WantsFresh: true };
                connection = (isFresh ? null : endpoint.TryTake()) ?? await OpenAsync(endpoint, isFresh, http, until);
                isHeld = true;
                connection.ExpireAt(until);
                leaving = http.RequestAborted.UnsafeRegister(static aborted => ((UpstreamConnection)aborted!).Abort(), connection);

                stage = Stage.Sending;
                RequestHead.Write(connection.Output, exchange, endpoint, length);
                if (length <= 0) await connection.SendAsync(connection.Output.Written);
                else (body = new RequestBody(http, connection, length)).Start();

                var headLength = await ReceiveHeadAsync(connection);
                stage = Stage.Answering;
                Begin(exchange, connection, headLength, isHead);
                stage = Stage.Begun;
                var isReusable = await AnswerBody.RelayAsync(http, connection, isHead);

                // Given back before the client has its last byte: whoever asks again at once shall find it.
                isHeld = false;
                await leaving.DisposeAsync();
                endpoint.Return(connection, isReusable && body is not { IsSent: false });
                if (body is not null) await body.StopAsync();
                if (http.Response.HasStarted) await http.Response.BodyWriter.FlushAsync();
                return;
            }
            catch (Exception e) when (stage == Stage.Answering || IsExpected(e))
            {
                failure = body?.ClientFailure ?? e;
            }
            finally
            {
                if (isHeld)
                {
                    await leaving.DisposeAsync();
                    connection!.Endpoint.Return(connection, isReusable: false);
                    if (body is not null) await body.StopAsync();
                }
            }

            var hasExpired = connection is { HasExpired: true };
            var isClients = http.RequestAborted.IsCancellationRequested || ReferenceEquals(failure, body?.ClientFailure);
            if (!isClients && !hasExpired && stage == Stage.Connecting && (retries ??= new Retries(picker)).TryElsewhere(exchange, failure)) continue;
            if (!isClients && !hasExpired && stage == Stage.Sending && length is RequestBody.None && connection is { HasReceived: false, IsReused: var isReused }
                && (retries ??= new Retries(picker)).TryOnceMore(exchange, failure, isReused)) continue;
            await FailAsync(exchange, stage, failure, isClients, hasExpired || IsOver(stage, failure, until));
            return;
        }
    }

    private static async Task<UpstreamConnection> OpenAsync(UpstreamEndpoint endpoint, bool isFresh, HttpContext http, long until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64)));
        return await endpoint.OpenAsync(isFresh, limit.Token);
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
            if (!await connection.FillAsync())
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The service closed the connection without an answer.");
        }
    }

    private void Begin(Exchange exchange, UpstreamConnection connection, int headLength, bool isHead)
    {
        exchange.Destination!.Answered();
        exchange.DownstreamScheme = Uri.UriSchemeHttp;
        AnswerFields.Apply(exchange.Http, connection.Head, connection.Unread[..headLength], pool.Strings, isHead, changes.Owned);
        connection.Use(headLength);
        for (var i = 0; i < changes.Transforms.Count; i++) changes.Transforms[i].Apply(exchange);
    }

    private Task FailAsync(Exchange exchange, Stage stage, Exception failure, bool isClients, bool hasExpired)
    {
        var http = exchange.Http;
        var error = ErrorOf(stage, failure, isClients);
        var hasLeft = http.RequestAborted.IsCancellationRequested || error == ForwarderError.ResponseBodyCanceled;
        var (refusal, detail) = ForwardingErrors.Explain(error, failure, hasLeft, hasExpired);
        Log.Broke(engine.Logger, exchange.Route.Name, exchange.Destination!.Authority, error, refusal.Code, failure);
        if (refusal == Refusal.Failed) Log.NotPassedOn(engine.Logger, exchange.Route.Name, exchange.Destination!.Authority, failure);
        if (stage >= Stage.Answering && !http.Response.HasStarted) http.Response.Clear(); // what the service said of its answer isn't true of this one
        return exchange.RefuseAsync(refusal, detail); // cuts the connection where the answer has begun
    }

    private static ForwarderError ErrorOf(Stage stage, Exception failure, bool isClients) => stage switch
    {
        Stage.Begun when isClients || failure is OperationCanceledException => ForwarderError.ResponseBodyCanceled,
        Stage.Begun => ForwarderError.ResponseBodyDestination,
        Stage.Answering => ForwarderError.ResponseHeaders,
        _ when isClients => ForwarderError.RequestBodyClient,
        _ => failure is FormatException ? ForwarderError.RequestCreation : ForwarderError.Request,
    };

    // A connection that wasn't there in time has no deadline of its own to pass.
    private static bool IsOver(Stage stage, Exception failure, long until) =>
        stage == Stage.Connecting && failure is OperationCanceledException && Environment.TickCount64 >= until;

    private static bool IsExpected(Exception e) => e is IOException or HttpRequestException or OperationCanceledException or FormatException;

    private static HttpRequestException Invalid() => new(HttpRequestError.InvalidResponse, "The service's answer is no valid HTTP/1.1.");

    private static partial class Log
    {
        [LoggerMessage(402, LogLevel.Debug, "Route {Route}: sending to {Destination} failed with {Error}, answered {Refusal}", EventName = nameof(Broke))]
        public static partial void Broke(ILogger logger, string route, string destination, ForwarderError error, string refusal, Exception? exception);

        [LoggerMessage(403, LogLevel.Error, "Route {Route}: the answer of {Destination} could not be passed on", EventName = nameof(NotPassedOn))]
        public static partial void NotPassedOn(ILogger logger, string route, string destination, Exception exception);
    }
}
