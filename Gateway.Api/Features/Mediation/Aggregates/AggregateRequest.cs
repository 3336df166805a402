using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Mediation.Aggregates;

/// <summary>A client's request as the message that plans work on, and back as the request that an aggregate's members are called by.</summary>
internal static class AggregateRequest
{
    private static readonly string[] OfBody =
        ["Content-Type", "Content-Encoding", "Content-Length", "Content-Language", "Content-Location", "Content-Disposition", "Content-MD5", "Content-Range"];

    public static HttpRequestMessage Of(HttpContext http)
    {
        var client = http.Request;
        var hasBody = client.ContentLength > 0 || (client.ContentLength is null && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true);
        var request = new HttpRequestMessage(new HttpMethod(client.Method), (Uri?)null);
        if (hasBody) request.Content = new StreamContent(client.Body);
        foreach (var (name, values) in client.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        return request;
    }

    /// <summary>The request that the members get.</summary>
    /// <param name="request">After mediation.</param>
    /// <param name="original">The body before it.</param>
    /// <param name="client">The client's request.</param>
    /// <exception cref="MediationFailure">The body turns out bad; nobody has seen anything of it.</exception>
    public static async Task<IHttpRequestFeature> ToFeatureAsync(
        HttpRequestMessage request, HttpContent? original, IHttpRequestFeature client, CancellationToken cancellation)
    {
        var mediated = new HttpRequestFeature
        {
            Method = client.Method,
            Scheme = client.Scheme,
            Protocol = client.Protocol,
            PathBase = client.PathBase,
            Path = client.Path,
            QueryString = client.QueryString,
            RawTarget = client.RawTarget,
            Headers = new HeaderDictionary(client.Headers.Count),
            Body = client.Body,
        };
        var isSame = request.Content == original;
        foreach (var (name, values) in request.Headers.NonValidated) mediated.Headers[name] = values.ToArray();
        foreach (var name in OfBody)
            if (isSame && client.Headers.TryGetValue(name, out var values)) mediated.Headers[name] = values;
        if (isSame) return mediated;

        var body = await request.Content!.ReadAsByteArrayAsync(cancellation);
        foreach (var (name, values) in request.Content.Headers.NonValidated) mediated.Headers[name] = values.ToArray();
        mediated.Headers.Remove("Transfer-Encoding");
        mediated.Headers.ContentLength = body.Length;
        mediated.Body = new MemoryStream(body, writable: false);
        return mediated;
    }
}
