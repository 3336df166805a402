using System.Net;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Mediation.Aggregates;

/// <summary>
/// Stands in place of the client's answer while an aggregate writes it, and keeps what is written. What earlier steps have put into its head
/// is there; what they left to be done when it begins is done when the mediated answer does.
/// </summary>
internal sealed class CapturedAnswer : HttpResponseFeature, IHttpUpgradeFeature, IDisposable
{
    private readonly BoundedBuffer _body = new();
    private readonly HttpContext _http;
    private readonly IHttpResponseFeature _head;
    private readonly IHttpResponseBodyFeature _sink;
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly StreamResponseBodyFeature _writer;
    private bool _isReleased;

    public CapturedAnswer(HttpContext http)
    {
        _http = http;
        _head = http.Features.GetRequiredFeature<IHttpResponseFeature>();
        _sink = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _upgrade = http.Features.Get<IHttpUpgradeFeature>();
        _writer = new StreamResponseBodyFeature(_body);
        StatusCode = _head.StatusCode;
        foreach (var header in _head.Headers) Headers[header.Key] = header.Value;
        http.Features.Set<IHttpResponseFeature>(this);
        http.Features.Set<IHttpResponseBodyFeature>(_writer);
        if (_upgrade is not null) http.Features.Set<IHttpUpgradeFeature>(this);
    }

    /// <summary>Whether it was written to, so that what is there can only be cut off.</summary>
    public override bool HasStarted => _body.Length > 0;

    /// <summary>Whether the answer became a conversation, which nothing captures.</summary>
    public bool IsUpgraded { get; private set; }

    public bool IsTooLarge => _body.IsTooLarge;

    bool IHttpUpgradeFeature.IsUpgradableRequest => _upgrade!.IsUpgradableRequest;

    public override void OnStarting(Func<object, Task> callback, object state) => _head.OnStarting(callback, state);

    public override void OnCompleted(Func<object, Task> callback, object state) => _head.OnCompleted(callback, state);

    /// <summary>The answer is written.</summary>
    public Task EndAsync() => IsUpgraded ? Task.CompletedTask : _writer.CompleteAsync();

    /// <summary>From now on the client is answered.</summary>
    public void Release()
    {
        if (_isReleased) return;
        _isReleased = true;
        _http.Features.Set(_head);
        _http.Features.Set(_sink);
        if (_upgrade is not null) _http.Features.Set(_upgrade);
    }

    Task<Stream> IHttpUpgradeFeature.UpgradeAsync()
    {
        IsUpgraded = true;
        Release();
        Replace(StatusCode, ReasonPhrase, Headers);
        return _upgrade!.UpgradeAsync();
    }

    /// <summary>The answer as the message that plans work on.</summary>
    public HttpResponseMessage ToMessage()
    {
        var content = new ReadOnlyMemoryContent(_body.Written);
        var answer = new HttpResponseMessage((HttpStatusCode)StatusCode) { ReasonPhrase = ReasonPhrase, Content = content };
        foreach (var (name, values) in Headers)
            if (!answer.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        return answer;
    }

    /// <summary>Sends the answer as it was written.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        Replace(StatusCode, ReasonPhrase, Headers);
        if (_body.Length > 0) await _http.Response.Body.WriteAsync(_body.Written, cancellation);
    }

    /// <summary>Sends the mediated answer.</summary>
    /// <exception cref="MediationFailure">It turns out bad; nothing of it was sent.</exception>
    public async Task SendAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var headers = new HeaderDictionary(answer.Headers.NonValidated.Count);
        foreach (var (name, values) in answer.Headers.NonValidated) headers[name] = values.ToArray();
        foreach (var (name, values) in answer.Content.Headers.NonValidated) headers[name] = values.ToArray();
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        if (body.Length > 0) headers.ContentLength = body.Length;
        Replace((int)answer.StatusCode, answer.ReasonPhrase, headers);
        if (body.Length > 0) await _http.Response.Body.WriteAsync(body, cancellation);
    }

    public void Dispose()
    {
        Release();
        _body.Dispose();
    }

    private void Replace(int status, string? reason, IHeaderDictionary headers)
    {
        _head.StatusCode = status;
        _head.ReasonPhrase = reason;
        _head.Headers.Clear();
        foreach (var header in headers) _head.Headers[header.Key] = header.Value;
    }
}
