using Gateway.Pipeline;

namespace Gateway.Features.Headers;

/// <summary>Edits the headers of a service's answer on its way to the client; the gateway's own refusals don't pass here.</summary>
internal sealed class ResponseHeaderTransform(HeaderTransforms transforms) : IResponseTransform
{
    public void Apply(Exchange exchange)
    {
        var headers = exchange.Http.Response.Headers;
        foreach (var replacement in transforms.Replacements)
        {
            if (!IsSeen(replacement, headers)) continue;
            if ((replacement.Find ?? BaseUrlOf(exchange)) is { } find)
                headers[replacement.Header] = replacement.Apply(headers[replacement.Header], find);
        }
        foreach (var addition in transforms.Additions)
        {
            // A service's own value wins over an added one, except for what describes the body (contract 03 §4.2).
            var value = addition.Value(exchange.Http);
            if (value is "") headers.Remove(addition.Header);
            else if (value is not null && (addition.Overwrites || !headers.ContainsKey(addition.Header))) headers[addition.Header] = value;
        }
    }

    /// <summary>Whether the header is there, spelled as the entry spells it: Ocelot's rule, except in the list form.</summary>
    private static bool IsSeen(Replacement replacement, IHeaderDictionary headers)
    {
        if (!headers.ContainsKey(replacement.Header)) return false;
        if (replacement.EveryValue) return true;
        if (HeaderRules.IsContent(replacement.Header)) return false;
        foreach (var (name, _) in headers)
            if (name == replacement.Header) return true;
        return false;
    }

    /// <summary>
    /// Where the answer came from, with a slash at its end; ports 80 and 443 are left out whatever the scheme (contract 01 §5).
    /// </summary>
    private static string? BaseUrlOf(Exchange exchange)
    {
        if (exchange is not { Destination: { } destination, DownstreamScheme: { } scheme }) return null;
        return destination.Port is 80 or 443 ? $"{scheme}://{destination.UriHost}/" : $"{scheme}://{destination.Authority}/";
    }
}
