using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary>Sets headers of the downstream request, in place of whatever the client sent under their names.</summary>
internal sealed class ClaimsToHeadersStep(IReadOnlyList<ClaimMapping> mappings) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        for (var i = 0; i < mappings.Count; i++)
        {
            if (mappings[i].Value.Evaluate(exchange.Http.User) is not { } value) return exchange.RefuseAsync(ClaimRefusals.Missing);
            if (value.AsSpan().ContainsAnyInRange('\0', '\x1f') || value.Contains('\x7f')) return exchange.RefuseAsync(ClaimRefusals.Unusable);
            exchange.SetRequestHeader(mappings[i].Name, AsOctets(value));
        }
        return next(exchange);
    }

    // Fields are sent octet for octet as Latin-1, so a name such as Jörg has to be there as the octets of its UTF-8.
    private static string AsOctets(string value) => Ascii.IsValid(value) ? value : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));
}
