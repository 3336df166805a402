using Gateway.Pipeline;

namespace Gateway.Features.RateLimiting;

/// <summary>Where a request says who its client is.</summary>
internal enum ClientKeySource
{
    Header,
    Claim,
    Address,
    Route,
}

/// <summary>How a rule tells its clients apart: <c>ip</c>, <c>header:NAME</c>, <c>claim:TYPE</c>, <c>route</c>.</summary>
/// <param name="Name">The header's or claim's name; else empty.</param>
internal sealed record ClientKey(ClientKeySource Source, string Name)
{
    public static readonly ClientKey Address = new(ClientKeySource.Address, "");
    public static readonly ClientKey Route = new(ClientKeySource.Route, "");

    /// <summary>Whether the client is known only once the caller has been authenticated.</summary>
    public bool NeedsAuthentication => Source == ClientKeySource.Claim;

    /// <returns>Null for what is none of the four.</returns>
    public static ClientKey? Parse(string text)
    {
        if (text.Equals("ip", StringComparison.OrdinalIgnoreCase)) return Address;
        if (text.Equals("route", StringComparison.OrdinalIgnoreCase)) return Route;
        // A claim's type may hold colons itself.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = text[(colon + 1)..].Trim();
        return colon < 0 || name.Length == 0 ? null : text[..colon].Trim().ToLowerInvariant() switch
        {
            "header" => new ClientKey(ClientKeySource.Header, name),
            "claim" => new ClientKey(ClientKeySource.Claim, name),
            _ => null,
        };
    }

    /// <summary>What the request says under this key; null where it says nothing.</summary>
    public string? Read(Exchange exchange) => Source switch
    {
        ClientKeySource.Header => exchange.RequestHeader(Name) is { Count: > 0 } values && values.ToString() is { Length: > 0 } text ? text : null,
        ClientKeySource.Claim => exchange.Http.User.FindFirst(Name)?.Value is { Length: > 0 } value ? value : null,
        _ => null,
    };

    public override string ToString() => $"{Source}:{Name}";
}
