namespace Gateway.Features.Authentication;

/// <summary>
/// Where else than in <c>Authorization</c> a browser may put its token for what it can't give a header: a WebSocket, a stream of events. Our
/// extension, of a route alone. What is found is removed from the request, whether or not it is used.
/// </summary>
internal sealed record TokenFromOptions
{
    /// <summary>A parameter of the query, such as <c>access_token</c>; for WebSockets and for requests that accept <c>text/event-stream</c>. Default none.</summary>
    public string? Query { get; init; }

    /// <summary>A sub-protocol, such as <c>bearer</c>: the one that the client names behind it is the token. Default none.</summary>
    public string? SubProtocol { get; init; }

    /// <summary>Whether the service gets the token, as <c>Authorization: Bearer</c>. Default false.</summary>
    public bool? PassOn { get; init; }
}
