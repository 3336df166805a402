using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding.FastLane;

/// <summary>Gives the client's answer the status and the fields of the service's, but for those that belong to the connection or to the gateway.</summary>
internal static class AnswerFields
{
    /// <param name="isHead">Whether HEAD was sent, in place of whatever the client sent.</param>
    /// <param name="owned">Fields that the gateway sets itself.</param>
    public static void Apply(
        HttpContext http, AnswerHead head, ReadOnlySpan<byte> bytes, FieldStrings strings, bool isHead, FrozenSet<string> owned)
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
            if (FieldRules.IsKeptBack(name) || (ownOfConnection?.Contains(name) ?? false) || (owned.Count > 0 && owned.Contains(name))) continue;
            Append(headers, name, strings.Get(field.Value(bytes)));
        }
        headers.ContentLength = LengthFor(http, head, isHead);
    }

    /// <summary>Passes on the trailers of a chunked body, where the client's protocol has any; what frames a message isn't one (RFC 9110 §6.5.1).</summary>
    public static void ApplyTrailers(HttpContext http, AnswerHead section, ReadOnlySpan<byte> bytes, FieldStrings strings)
    {
        if (section.Fields.IsEmpty || http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is not { IsReadOnly: false } trailers) return;
        foreach (var field in section.Fields)
        {
            var name = strings.Get(field.Name(bytes));
            if (!FieldRules.IsKeptBack(name)) Append(trailers, name, strings.Get(field.Value(bytes)));
        }
    }

    // Where there is no body, a length can only mislead the next reader (RFC 9110 §8.6): with 204, 205 and 304, and where the gateway made a HEAD
    // of another method.
    private static long? LengthFor(HttpContext http, AnswerHead head, bool isHead) => head.Status switch
    {
        StatusCodes.Status204NoContent or StatusCodes.Status304NotModified => null,
        StatusCodes.Status205ResetContent => 0,
        _ => isHead && !HttpMethods.IsHead(http.Request.Method) ? null : head.ContentLength,
    };

    private static void Append(IHeaderDictionary headers, string name, string value) =>
        headers[name] = headers.TryGetValue(name, out var before) ? StringValues.Concat(before, value) : value;

    private static HashSet<string> Named(AnswerHead head, ReadOnlySpan<byte> bytes, FieldStrings strings)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in head.Fields)
            if (Ascii.EqualsIgnoreCase(field.Name(bytes), "Connection"u8)) names.UnionWith(HopByHop.Named(strings.Get(field.Value(bytes))));
        return names;
    }
}
