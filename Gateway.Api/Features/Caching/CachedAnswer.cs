using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Gateway.Features.Caching;

/// <summary>An answer of a service as it came, before the route's own changes: those are made anew for each client.</summary>
/// <param name="Vary">
/// Request headers by which the service's answers differ. An answer under a request's own key that names some is a signpost without a body:
/// the answer stands under a key with the values of these headers.
/// </param>
/// <param name="Headers">Those that belong to the answer, not to the connection it came over.</param>
internal sealed record CachedAnswer(
    int Status, string? Reason, IReadOnlyList<CachedHeader> Headers, IReadOnlyList<string> Vary, DateTimeOffset StoredAt, byte[] Body)
{
    // Fields of one connection (RFC 9110 §7.6.1); the next one has its own.
    private static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.TE, HeaderNames.Trailer,
        HeaderNames.TransferEncoding, HeaderNames.Upgrade,
    };

    /// <summary>What it takes in memory, about.</summary>
    public int Size => 256 + Body.Length + Headers.Sum(h => 64 + 2 * (h.Name.Length + h.Values.Sum(v => v.Length)));

    public bool IsSignpost => Vary.Count > 0 && Status == 0;

    public static CachedAnswer Signpost(IReadOnlyList<string> vary, DateTimeOffset now) => new(0, null, [], vary, now, []);

    public static CachedAnswer Of(HttpResponseMessage answer, byte[] body, IReadOnlyList<string> vary, DateTimeOffset now)
    {
        var named = answer.Headers.Connection;
        return new CachedAnswer(
            (int)answer.StatusCode,
            answer.ReasonPhrase,
            [
                .. Kept(answer.Headers.NonValidated, isOfContent: false).Where(h => !named.Contains(h.Name, StringComparer.OrdinalIgnoreCase)),
                .. Kept(answer.Content.Headers.NonValidated, isOfContent: true),
            ],
            vary,
            now,
            body);
    }

    /// <summary>The answer to <paramref name="request"/>, with the <c>Age</c> that a cache owes (RFC 9111 §5.1).</summary>
    public HttpResponseMessage ToResponse(HttpRequestMessage request, DateTimeOffset now)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)Status)
        {
            ReasonPhrase = Reason,
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(Body),
        };
        foreach (var header in Headers)
            (header.IsOfContent ? (HttpHeaders)answer.Content.Headers : answer.Headers).TryAddWithoutValidation(header.Name, header.Values);
        if (Body.Length > 0) answer.Content.Headers.ContentLength = Body.Length;

        var age = (answer.Headers.Age ?? TimeSpan.Zero) + (now - StoredAt);
        answer.Headers.Remove(HeaderNames.Age);
        answer.Headers.TryAddWithoutValidation(HeaderNames.Age, Math.Max(0, (long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    private static IEnumerable<CachedHeader> Kept(HttpHeadersNonValidated headers, bool isOfContent) =>
        headers.Where(h => !OfConnection.Contains(h.Key)).Select(h => new CachedHeader(h.Key, [.. h.Value], isOfContent));
}

/// <summary>A header line of a kept answer.</summary>
/// <param name="IsOfContent">Whether it describes the body, as the platform sorts them.</param>
internal sealed record CachedHeader(string Name, string[] Values, bool IsOfContent);
