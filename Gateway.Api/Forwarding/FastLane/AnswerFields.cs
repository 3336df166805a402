using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding.FastLane;

/// <summary>Gives the client's answer the status and the fields of the service's, but for those that belong to the connection or to the gateway.</summary>
internal static class AnswerFields
{
    public static void Apply(HttpContext http, AnswerHead head, ReadOnlySpan<byte> bytes, FieldStrings strings, FrozenSet<string> owned)
    {
        var response = http.Response;
        response.StatusCode = head.Status;
        var reason = bytes[head.Reason];
        if (!reason.IsEmpty && !Ascii.Equals(reason, ReasonPhrases.GetReasonPhrase(head.Status)))
            http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = Encoding.Latin1.GetString(reason);

        var ownOfConnection = head.NamesFields ? Named(head, bytes, strings) : null;
        var headers = response.Headers;
        foreach (var field in head.Fields)
        {
            var name = strings.Get(field.Name(bytes));
            if (ConnectionFields.Contains(name) || IsLength(name)) continue;
            if (ownOfConnection?.Contains(name) ?? false) continue;
            if (owned.Count > 0 && owned.Contains(name)) continue;
            Append(headers, name, strings.Get(field.Value(bytes)));
        }
        // Neither 204 nor 304 has a body, so a length can only mislead the next reader (RFC 9110 §8.6).
        if (head.Status is not (204 or 304) && head.ContentLength is { } length && !owned.Contains("Content-Length"))
            headers.ContentLength = length;
    }

    /// <summary>Passes on the trailers of a chunked body, where the client's protocol has any; what frames a message isn't one (RFC 9110 §6.5.1).</summary>
    public static void ApplyTrailers(HttpContext http, AnswerHead section, ReadOnlySpan<byte> bytes, FieldStrings strings)
    {
        if (section.Fields.IsEmpty || http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is not { IsReadOnly: false } trailers) return;
        foreach (var field in section.Fields)
        {
            var name = strings.Get(field.Name(bytes));
            if (!ConnectionFields.Contains(name) && !IsLength(name)) Append(trailers, name, strings.Get(field.Value(bytes)));
        }
    }

    private static void Append(IHeaderDictionary headers, string name, string value) =>
        headers[name] = headers.TryGetValue(name, out var before) ? StringValues.Concat(before, value) : value;

    private static bool IsLength(string name) => name.Length == 14 && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Named(AnswerHead head, ReadOnlySpan<byte> bytes, FieldStrings strings)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in head.Fields)
            if (Ascii.EqualsIgnoreCase(field.Name(bytes), "Connection"u8)) names.UnionWith(HopByHop.Named(strings.Get(field.Value(bytes))));
        return names;
    }
}
