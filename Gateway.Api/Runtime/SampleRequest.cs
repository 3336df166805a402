using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>Makes a request that fits an entry: its template with a word in place of each placeholder.</summary>
internal static partial class SampleRequest
{
    private const string Word = "any";

    /// <returns>Null where the entry has no template.</returns>
    public static RouteRequest? Of(EffectiveEntry entry)
    {
        if (entry.Text("UpstreamPathTemplate") is not { } template) return null;
        var headers = new HeaderDictionary();
        if (entry.Find("UpstreamHeaderTemplates") is ObjectNode templates)
            foreach (var header in templates.Members)
                if (header.Value is ScalarNode text) headers[header.Name] = Placeholder.Replace(text.Text, Word);

        var target = Placeholder.Replace(template, Word);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var host = entry.Text("UpstreamHost")?.Replace("*", Word, StringComparison.Ordinal) ?? "any.invalid";
        var method = entry.Texts("UpstreamHttpMethod").FirstOrDefault()?.Text.Trim().ToUpperInvariant() ?? "GET";
        return new RouteRequest(method, host, RequestPath.Parse(target), query < 0 ? "" : target[query..], headers);
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder { get; }
}
