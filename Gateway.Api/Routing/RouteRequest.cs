using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Routing;

/// <summary>What of a request decides its route. Immutable.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Host">The <c>Host</c> header, with its port where it has one; empty where there is none.</param>
/// <param name="Path">The path in canonical spelling.</param>
/// <param name="Query">The raw query with its <c>?</c>; empty where there is none.</param>
/// <param name="Headers">The request's headers.</param>
internal readonly record struct RouteRequest(string Method, string Host, RequestPath Path, string Query, IHeaderDictionary Headers)
{
    /// <summary>The query as templates see it.</summary>
    public ReadOnlySpan<char> QueryText => Query is ['?', ..] ? Query.AsSpan(1) : Query;

    public static RouteRequest From(HttpContext http)
    {
        var request = http.Request;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = RequestPath.From(target, request.PathBase, request.Path);
        return new RouteRequest(request.Method, request.Host.Value ?? "", path, request.QueryString.Value ?? "", request.Headers);
    }
}
