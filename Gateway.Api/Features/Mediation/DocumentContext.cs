using System.Globalization;
using Gateway.Configuration;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Mediation;

/// <summary>
/// An exchange that is only described: the context of an example, or of the <c>mediate</c> command (design §5, A26). Headers, query, route
/// and claims are objects of texts or lists of texts.
/// </summary>
internal sealed class DocumentContext : IMediationContext
{
    private static readonly string[] Keys =
    [
        "status", "method", "path", "headers", "query", "route", "claims", "baseUrl", "remoteIp", "requestId", "now", "contentType",
        "responseHeaders",
    ];

    private readonly Dictionary<string, StringValues> _headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, StringValues> _query = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, StringValues> _route = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, StringValues> _claims = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringValues> _responseHeaders = new(StringComparer.OrdinalIgnoreCase);

    public int? Status { get; private init; } = 200;

    public string Method { get; private init; } = "GET";

    public string Path { get; private init; } = "/";

    public string QueryString { get; private set; } = "";

    public string? ContentType { get; init; } = "application/json";

    public string BaseUrl { get; private init; } = "http://localhost";

    public string RemoteIp { get; private init; } = "127.0.0.1";

    public string RequestId { get; private init; } = "0";

    public DateTimeOffset Now { get; private init; }

    /// <summary>The headers of the service's answer.</summary>
    public IReadOnlyDictionary<string, StringValues> ResponseHeaders => _responseHeaders;

    /// <summary>A described exchange.</summary>
    /// <param name="node">The description; null for one that says nothing.</param>
    /// <param name="scope">Where problems go.</param>
    /// <param name="now">The time where the description gives none.</param>
    /// <param name="contentType">The type of the body where the description gives none.</param>
    /// <returns>The context, or null after a problem.</returns>
    public static DocumentContext? Read(DocumentNode? node, PlanScope scope, DateTimeOffset now, string contentType = "application/json")
    {
        if (node is null) return new DocumentContext { Now = now, ContentType = contentType };
        if (PlanOptions.Read(node, scope, Keys) is not { } options) return null;

        var time = now;
        if (options.Text("now") is { } text && !IsoTime.TryRead(text, out time)) options.At("now").Invalid($"'{text}' is no time", "Write it as 2026-01-31T12:00:00Z");
        var target = options.Text("path") ?? "/";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var context = new DocumentContext
        {
            Status = (int?)options.Integer("status", least: 100) ?? 200,
            Method = options.Text("method") ?? "GET",
            Path = question < 0 ? target : target[..question],
            BaseUrl = options.Text("baseUrl")?.TrimEnd('/') ?? "http://localhost",
            RemoteIp = options.Text("remoteIp") ?? "127.0.0.1",
            RequestId = options.Text("requestId") ?? "0",
            Now = time,
            ContentType = options.Text("contentType") ?? contentType,
        };
        Fill(context._headers, options, "headers");
        Fill(context._query, options, "query");
        Fill(context._route, options, "route");
        Fill(context._claims, options, "claims");
        Fill(context._responseHeaders, options, "responseHeaders");
        context.CompleteQuery(question < 0 ? "" : target[question..]);
        return context;
    }

    public StringValues Header(string name) => _headers.GetValueOrDefault(name);

    public StringValues Query(string name) => _query.GetValueOrDefault(name);

    public StringValues Claim(string type) => _claims.GetValueOrDefault(type);

    public string? RouteValue(string name) => _route.GetValueOrDefault(name);

    public string? EnvironmentVariable(string name) => Environment.GetEnvironmentVariable(name);

    public Guid NewGuid() => Guid.NewGuid();

    private static void Fill(Dictionary<string, StringValues> values, PlanOptions options, string key)
    {
        if (options.Find(key) is not { } node) return;
        if (node is not ObjectNode o)
        {
            options.At(key).WrongType(node, "an object of texts or lists of texts");
            return;
        }
        foreach (var member in o.Members)
        {
            var items = member.Value is ArrayNode array ? array.Items : [member.Value];
            var texts = new List<string>();
            foreach (var item in items)
            {
                if (item is ScalarNode { Scalar: not ScalarKind.Null } scalar) texts.Add(scalar.Text);
                else options.At(key).Key(member.Name, item).WrongType(item, "a text or a list of texts");
            }
            values[member.Name] = new StringValues([.. texts]);
        }
    }

    // The query may stand in the path, in "query", or in both: then the path's counts for what the client asked, and both can be read.
    private void CompleteQuery(string inPath)
    {
        QueryString = inPath;
        if (inPath.Length > 0)
        {
            foreach (var (name, values) in QueryHelpers.ParseQuery(inPath)) _query.TryAdd(name, values);
            return;
        }
        foreach (var (name, values) in _query)
            foreach (var value in values)
                QueryString += string.Create(CultureInfo.InvariantCulture,
                    $"{(QueryString.Length == 0 ? '?' : '&')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value ?? "")}");
    }
}
