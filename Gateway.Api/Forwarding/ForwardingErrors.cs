using Gateway.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>The one table from what went wrong while forwarding to the refusal the client gets (contract 04 §3, §4.4; 00).</summary>
internal static class ForwardingErrors
{
    public static (Refusal Refusal, string? Detail) Explain(ForwarderError error, Exception? exception, bool clientLeft, bool deadlinePassed)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is RefusalException refused) return (refused.Refusal, refused.Detail);
            if (e is BadHttpRequestException bad)
                return (bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusal.PayloadTooLarge : Refusal.BadRequest, null);
        }
        // Where the service broke off, the engine has cut the client's connection by now.
        if (clientLeft && error != ForwarderError.ResponseBodyDestination) return (Refusal.ClientClosed, null);
        if (deadlinePassed) return (Refusal.TimedOut, null);

        return (error, exception) switch
        {
            (ForwarderError.RequestBodyClient, _) => (Refusal.BadRequest, null),
            (ForwarderError.RequestCreation, FormatException) => (Refusal.BadRequest, null),
            // A handler that gives up although the client is still there (contract 04 §3).
            (_, TimeoutException or OperationCanceledException) => (Refusal.TimedOut, null),
            (_, HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }) =>
                (Refusal.BadAnswer, null),
            (_, HttpRequestException or IOException) => (Refusal.ConnectionFailed, null),
            (ForwarderError.Request or ForwarderError.RequestCreation or ForwarderError.ResponseHeaders, not null) => (Refusal.Failed, null),
            _ => (Refusal.ConnectionFailed, null),
        };
    }
}
