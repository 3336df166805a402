using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Authentication;

/// <summary>
/// Takes tokens from where <c>TokenFrom</c> says, and puts them where schemes look for them. Neither the service nor a log gets to see the
/// place that they were in.
/// </summary>
/// <param name="query">A parameter; null: none.</param>
/// <param name="subProtocol">The sub-protocol before the token; null: none.</param>
/// <param name="isPassedOn">Whether the service gets the token, as a header.</param>
internal sealed class TokenSource(string? query, string? subProtocol, bool isPassedOn)
{
    private const string Key = "AuthenticationOptions.TokenFrom";
    private const string Authorization = "Authorization";
    private const string SubProtocols = "Sec-WebSocket-Protocol";
    private const string EventStream = "text/event-stream";

    /// <returns>Null where the route has none, or after a problem.</returns>
    public static TokenSource? Compile(RouteSection section, AuthenticationOptions? own)
    {
        if (own?.TokenFrom is not { } from || from is { Query: null, SubProtocol: null })
        {
            if (own?.TokenFrom is not null || IsWritten(section))
                section.Error(Key, "names no place, so no token would be found", "Write \"Query\": \"access_token\" or \"SubProtocol\": \"bearer\" into it",
                    ProblemCodes.Missing);
            return null;
        }
        if (from.Query is { } name && !IsName(name))
            section.Error($"{Key}.Query", $"\"{name}\" is no parameter's name", "Write a name such as access_token: letters, digits, '-', '.', '_'");
        if (from.SubProtocol is { } protocol && !IsName(protocol))
            section.Error($"{Key}.SubProtocol", $"\"{protocol}\" is no sub-protocol's name", "Write a name such as bearer: letters, digits, '-', '.', '_'");
        return new TokenSource(from.Query, from.SubProtocol, from.PassOn == true);
    }

    /// <summary>Whether the route has the key, with whatever value.</summary>
    public static bool IsWritten(RouteSection section) =>
        (section.Node.Find(AuthenticationFeature.Key.Name)?.Value as ObjectNode)?.Find("TokenFrom") is { Value: not ScalarNode { Scalar: ScalarKind.Null } };

    public void Take(Exchange exchange)
    {
        var http = exchange.Http;
        var isWebSocket = http.IsWebSocket();
        List<string> found = [];
        if (query is not null) TakeFromQuery(exchange, query, found);
        if (subProtocol is not null && isWebSocket) TakeFromSubProtocols(http, subProtocol, found);
        if (found.Count == 0 || !(isWebSocket || TakesEvents(http.Request))) return;

        // Two tokens that differ are as good as none: whoever checks one might go by the other.
        var headers = http.Request.Headers;
        var sent = BearerToken.Find(http.Request);
        var isOne = found.TrueForAll(t => t == found[0]) && (headers.Authorization.Count == 0 || sent == found[0]);
        headers.Remove(Authorization);
        if (isOne && IsToken(found[0])) headers.Authorization = $"Bearer {found[0]}";
        if (!isPassedOn && sent is null && exchange.RequestHeader(Authorization) == headers.Authorization) exchange.SetRequestHeader(Authorization, null);
    }

    private static void TakeFromQuery(Exchange exchange, string name, List<string> found)
    {
        var kept = new System.Text.StringBuilder(exchange.Query.Length);
        var text = exchange.Query.AsSpan().TrimStart('?');
        var before = found.Count;
        foreach (var range in text.Split('&'))
        {
            var part = text[range];
            var end = part.IndexOf('=') is var at and >= 0 ? at : part.Length;
            if (string.Equals(Decoded(part[..end]), name, StringComparison.OrdinalIgnoreCase)) found.Add(end < part.Length ? Decoded(part[(end + 1)..]) : "");
            else kept.Append(kept.Length == 0 ? '?' : '&').Append(part);
        }
        if (found.Count == before) return;
        exchange.Query = kept.ToString();
        exchange.Http.Request.QueryString = new QueryString(exchange.Query);
    }

    private static void TakeFromSubProtocols(HttpContext http, string name, List<string> found)
    {
        var offered = http.Request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var kept = new List<string>(offered.Length);
        var isNamed = false;
        for (var i = 0; i < offered.Length; i++)
        {
            if (!offered[i].Equals(name, StringComparison.OrdinalIgnoreCase)) kept.Add(offered[i]);
            else
            {
                isNamed = true;
                if (++i < offered.Length) found.Add(offered[i]);
            }
        }
        if (!isNamed) return;
        http.Request.Headers.Remove(SubProtocols);
        if (kept.Count > 0) http.Request.Headers.SecWebSocketProtocol = string.Join(", ", kept);
        http.Response.OnStarting(static state => Choose(((HttpContext, string))state), (http, name));
    }

    // Browsers give up where the service chose none of the sub-protocols that they offered; the service may never have seen one.
    private static Task Choose((HttpContext Http, string Name) offered)
    {
        var (response, isConnect) = (offered.Http.Response, HttpMethods.IsConnect(offered.Http.Request.Method));
        var begins = response.StatusCode == (isConnect ? StatusCodes.Status200OK : StatusCodes.Status101SwitchingProtocols);
        if (begins && response.Headers.SecWebSocketProtocol.Count == 0) response.Headers.SecWebSocketProtocol = offered.Name;
        return Task.CompletedTask;
    }

    private static bool TakesEvents(HttpRequest request)
    {
        foreach (var accepted in request.Headers.Accept)
            if (accepted?.Contains(EventStream, StringComparison.OrdinalIgnoreCase) == true) return true;
        return false;
    }

    private static string Decoded(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);

    // What can stand in a header without ending it, or becoming two.
    private static bool IsToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~' and not ',');

    private static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
}
