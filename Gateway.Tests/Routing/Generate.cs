using CsCheck;
using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>Random routes and requests out of few words, so that they meet often.</summary>
internal static class Generate
{
    private static readonly Gen<string> Segment =
        Gen.OneOf("a", "a", "b", "A", "a.b", ".a", "{}", "{}", "a{}", "{}a", "{}-{}", "{}{}", "a{}b", "{}-a-{}");

    private static readonly Gen<string> TemplateQuery =
        Gen.Frequency((4, Gen.Const("")), (1, Gen.OneOf("?{z}", "?{}b={}", "?a={}", "?a={}&b={}", "?a=1", "?", "?{}&a={}", "?a={}b")));

    private static readonly Gen<string> Template =
        Gen.Select(Segment.Array[0, 4], Gen.Bool, TemplateQuery, (segments, slash, query) =>
            Numbered($"/{string.Join('/', segments)}{(slash && segments.Length > 0 ? "/" : "")}{query}"));

    public static readonly Gen<RouteText> Route = Gen.Select(
        Template,
        Gen.OneOf(false, false, false, true),
        Gen.OneOf<string?>(null, null, null, null, "h.test", "x.h.test", "*.h.test", "*.test"),
        Gen.OneOf("", "", "", "GET", "POST", "get,put"),
        Gen.OneOf<string[]>([], [], [], [], [], [], ["v: 1"], ["v: {header:h}"], ["v: [12]"], ["v: {header:p0}x"]),
        Gen.Int[-1, 2],
        (template, caseSensitive, host, methods, headers, priority) =>
            new RouteText(template, caseSensitive, host, methods, headers, priority));

    public static readonly Gen<RequestText> Request = Gen.Select(
        Gen.OneOf("GET", "GET", "POST", "put", "HEAD"),
        Gen.OneOf("", "h.test", "H.Test:80", "x.h.test", "y.x.h.test:8080", "test", "xh.test"),
        Gen.Select(
            Gen.OneOf("a", "a", "b", "A", "a.b", ".a", "aab", "a-b", "-", "a-a-a", "b-A-b", "").Array[0, 5],
            segments => $"/{string.Join('/', segments)}"),
        Gen.OneOf("", "", "", "", "?", "?a=1", "?a=1&b=2", "?A=x&c=3&b=2&b=4", "?a=1&b=2&b=3&a=b", "?b=2&a=1", "??a=1", "?a=b", "?c&a="),
        Gen.OneOf<string[]>([], ["v: 1"], ["v: 2x"], ["v: X"]),
        (method, host, path, query, headers) => new RequestText(method, host, path, query, headers));

    public static RouteRule Rule(RouteText route) =>
        Sample.Rule(route.Template, route.Priority, route.Host, route.Methods, route.CaseSensitive, route.Headers);

    public static RouteTable<int> Table(IEnumerable<RouteText> routes) =>
        new(routes.Select((route, index) => new RouteDefinition<int>(Rule(route), index)));

    public static RouteRequest Read(RequestText request) =>
        Sample.Request(request.Path + request.Query, request.Method, request.Host, request.Headers);

    /// <summary>Gives each placeholder its own name.</summary>
    private static string Numbered(string template)
    {
        var number = 0;
        return string.Concat(template.Split("{}").SelectMany((text, index) => index == 0 ? [text] : new[] { $"{{p{number++}}}", text }));
    }
}
