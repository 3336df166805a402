using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Aggregates.Members;

/// <summary>Copies the client's request.</summary>
internal static class MemberRequest
{
    // An answer in parts, or in another coding, can't be put together with others.
    private static readonly string[] LeftOut = ["Range", "If-Range", "Accept-Encoding", "Transfer-Encoding", "Content-Length", "Expect", "Upgrade"];

    public static HttpRequestFeature Of(HttpContext client, ReadOnlyMemory<byte> body)
    {
        var from = client.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = new HeaderDictionary(from.Headers.Count);
        foreach (var header in from.Headers) headers[header.Key] = header.Value;
        foreach (var name in LeftOut) headers.Remove(name);
        headers["Accept-Encoding"] = "identity";
        if (body.Length > 0 || from.Headers.ContentLength is not null) headers.ContentLength = body.Length;
        return new HttpRequestFeature
        {
            Method = from.Method,
            Scheme = from.Scheme,
            Protocol = from.Protocol,
            PathBase = from.PathBase,
            Path = from.Path,
            QueryString = from.QueryString,
            RawTarget = from.RawTarget,
            Headers = headers,
            Body = body.ToStream(),
        };
    }
}
