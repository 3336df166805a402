using System.Net;

namespace Gateway.Features.Aggregates.Defined;

/// <summary>An answer: a member's, or the one that an aggregator makes.</summary>
/// <param name="content">The body, and the headers that describe it.</param>
/// <param name="statusCode">The status.</param>
/// <param name="headers">All other headers.</param>
/// <param name="reasonPhrase">The reason phrase of HTTP/1.1; null or empty for the usual one.</param>
public sealed class DownstreamResponse(HttpContent? content, HttpStatusCode statusCode, IEnumerable<Header> headers, string? reasonPhrase) : IDisposable
{
    /// <inheritdoc cref="DownstreamResponse(HttpContent, HttpStatusCode, IEnumerable{Header}, string)"/>
    public DownstreamResponse(
        HttpContent? content, HttpStatusCode statusCode, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers, string? reasonPhrase)
        : this(content, statusCode, headers.Select(h => new Header(h.Key, h.Value)), reasonPhrase)
    {
    }

    /// <summary>The same answer as an HTTP client's.</summary>
    public DownstreamResponse(HttpResponseMessage response)
        : this(
            (response ?? throw new ArgumentNullException(nameof(response))).Content, response.StatusCode,
            response.Headers.Select(h => new Header(h.Key, h.Value)), response.ReasonPhrase)
    {
    }

    public HttpContent? Content { get; } = content;

    public HttpStatusCode StatusCode { get; } = statusCode;

    public IReadOnlyList<Header> Headers { get; } = [.. headers];

    public string? ReasonPhrase { get; } = reasonPhrase;

    public void Dispose() => Content?.Dispose();
}
