using Gateway.Pipeline;

namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary>One call under way, and the bytes of its bodies as they pass.</summary>
internal sealed class LoggedCall(Exchange exchange, long start, string? traceId)
{
    private readonly ByteCount _request = new();
    private readonly ByteCount _response = new();

    public Exchange Exchange { get; } = exchange;

    public long Start { get; } = start;

    public string? TraceId { get; } = traceId;

    public long RequestBytes => _request.Total;

    public long ResponseBytes => _response.Total;

    public void Count(HttpRequestMessage request)
    {
        if (request.Content is { } body) request.Content = new CountedContent(body, read: _request, written: _request);
    }

    public void Count(HttpResponseMessage answer)
    {
        // After an upgrade the stream of the answer carries both directions.
        answer.Content = new CountedContent(answer.Content, read: _response, written: _request);
    }
}
