namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary><c>RequestLogging</c>: what the handler of that name writes.</summary>
internal sealed record RequestLoggingOptions
{
    /// <summary>The level of its lines; default <c>Information</c>.</summary>
    public LogLevel? Level { get; init; }

    /// <summary>The claim that tells who called; default <c>sub</c>, or what the platform makes of it.</summary>
    public string? SubjectClaim { get; init; }

    /// <summary>Headers of the request to write; default none. Credentials are never written, whatever is listed.</summary>
    public IReadOnlyList<string>? RequestHeaders { get; init; }

    /// <summary>Headers of the answer to write; default none. Credentials are never written, whatever is listed.</summary>
    public IReadOnlyList<string>? ResponseHeaders { get; init; }
}
