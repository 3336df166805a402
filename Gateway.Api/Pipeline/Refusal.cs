namespace Gateway.Pipeline;

/// <summary>
/// An answer that the gateway gives by itself. Declared once by the feature that gives it; says what the client may know, never a host
/// name, a claim or a stack.
/// </summary>
/// <param name="Code">The stable name clients and metrics see: <c>rate_limit_exceeded</c>.</param>
/// <param name="Status">The status, as Ocelot 25 gives it (contract 04 §2).</param>
/// <param name="Title">One plain sentence.</param>
internal sealed record Refusal(string Code, int Status, string Title)
{
    /// <summary>The status under <c>StrictStatusCodes</c>, where it differs.</summary>
    public int? StrictStatus { get; init; }

    public static readonly Refusal NoRoute = new("no_route", 404, "No route matches this request.");
    public static readonly Refusal MethodNotAllowed = new("method_not_allowed", 405, "The resource exists, but not for this method.");
    public static readonly Refusal NoInstance = new("no_instance", 404, "The service has no instance available.") { StrictStatus = 503 };
    public static readonly Refusal TimedOut = new("timed_out", 503, "The service did not answer in time.") { StrictStatus = 504 };
    public static readonly Refusal ConnectionFailed = new("connection_failed", 502, "The service could not be reached.");
    public static readonly Refusal BadAnswer = new("bad_answer", 502, "The service gave an answer that is not valid HTTP.");
    public static readonly Refusal BadRequest = new("bad_request", 400, "The request is not valid HTTP.");
    public static readonly Refusal PayloadTooLarge = new("payload_too_large", 413, "The request's body is larger than allowed.");
    public static readonly Refusal ClientClosed = new("client_closed", 499, "The client left before the answer.");
    public static readonly Refusal Failed = new("internal_error", 500, "The gateway failed to handle this request.");
    public static readonly Refusal NotReady = new("not_ready", 503, "The gateway has no configuration yet.");

    public int StatusFor(RefusalStyle style) => style.StrictStatusCodes ? StrictStatus ?? Status : Status;
}
