using System.Security.Claims;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>A request that somebody describes to learn what would become of it.</summary>
internal sealed record DescribedRequest(RouteRequest Route, string Scheme)
{
    /// <param name="method">The verb, in any case.</param>
    /// <param name="url">A path that begins with <c>/</c>, or a whole http or https URL.</param>
    /// <param name="lines">Headers, each as <c>Name: value</c>.</param>
    /// <returns>Null where the texts describe none.</returns>
    public static DescribedRequest? Parse(string method, string url, IEnumerable<string> lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines)
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) return null;
            headers.Append(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }
        var isWhole = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        if (!isWhole && !url.StartsWith('/')) return null;

        var target = url.Split('#')[0];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var host = isWhole ? uri!.Authority : headers["Host"].FirstOrDefault() ?? "localhost";
        return new DescribedRequest(
            new RouteRequest(method.ToUpperInvariant(), host, RequestPath.Parse(target), query < 0 ? "" : target[query..], headers), isWhole ? uri!.Scheme : "http");
    }

    /// <summary>What is in a caller's token, each as <c>type=value</c>; null for a caller without one.</summary>
    public static IReadOnlyList<Claim>? Claims(IReadOnlyList<string?>? texts) => texts is not { Count: > 0 } ? null
        : [.. texts.OfType<string>().Select(t => t.Split('=', 2)).Select(c => new Claim(c[0], c.Length > 1 ? c[1] : ""))];
}
