using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Aggregates.Members;

/// <summary>
/// A member's own request and answer. It shares the client's connection and nothing else: identity, services, headers and answer are its own,
/// so that members that run at the same time never meet.
/// </summary>
internal sealed class MemberContext : IAsyncDisposable
{
    private readonly BoundedBuffer _written = new();
    private readonly MemberResponse _response;
    private readonly MemberLifetime _lifetime;

    /// <param name="client">The request to copy.</param>
    /// <param name="body">Its body.</param>
    public MemberContext(HttpContext client, ReadOnlyMemory<byte> body)
    {
        _response = new MemberResponse(_written);
        _lifetime = new MemberLifetime(client.RequestAborted);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(MemberRequest.Of(client, body));
        features.Set<IHttpRequestBodyDetectionFeature>(new MemberBody(body.Length > 0));
        features.Set<IHttpResponseFeature>(_response);
        features.Set<IHttpResponseBodyFeature>(_response.BodyFeature);
        features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        features.Set(client.Features.Get<IHttpConnectionFeature>());
        features.Set(client.Features.Get<ITlsConnectionFeature>());
        Http = new DefaultHttpContext(features)
        {
            TraceIdentifier = client.TraceIdentifier,
            ServiceScopeFactory = client.RequestServices.GetRequiredService<IServiceScopeFactory>(),
        };
    }

    public HttpContext Http { get; }

    /// <summary>The answer, once the member's pipeline has ended.</summary>
    public async Task<MemberAnswer> AnswerAsync(string key)
    {
        await _response.FinishAsync();
        var refusal = _written.IsTooLarge ? AggregateRefusals.TooLarge : Http.Features.Get<Refusal>();
        var coded = _written.Written;
        var body = refusal is null && ContentCoding.TryDecode(coded, Http.Response.Headers.ContentEncoding.ToString(), out var plain) ? plain : coded;
        return new MemberAnswer(key, Http, body, refusal, IsBroken: _lifetime.IsCut || _written.IsTooLarge);
    }

    public async ValueTask DisposeAsync()
    {
        await _response.CompleteAsync();
        _lifetime.Dispose();
    }

    private sealed record MemberBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
