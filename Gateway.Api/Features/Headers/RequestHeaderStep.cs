using Gateway.Pipeline;

namespace Gateway.Features.Headers;

/// <summary>
/// Edits the headers of the client's request itself, so that whatever comes later sees them: the client id of a rate limit, the credentials
/// of authentication, the key of a cache (contract 03 §1).
/// </summary>
internal sealed class RequestHeaderStep(HeaderTransforms transforms) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        var headers = exchange.Http.Request.Headers;
        foreach (var replacement in transforms.Replacements)
        {
            var values = headers[replacement.Header];
            if (values.Count > 0) headers[replacement.Header] = replacement.Apply(values, replacement.Find!);
        }
        foreach (var addition in transforms.Additions)
        {
            var value = addition.Value(exchange.Http);
            if (string.IsNullOrEmpty(value)) headers.Remove(addition.Header);
            else headers[addition.Header] = value;
        }
        return next(exchange);
    }
}
