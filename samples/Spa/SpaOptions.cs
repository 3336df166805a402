namespace Samples.Spa;

/// <summary>The two other origins that the app in the browser speaks to; the defaults are those of the Quickstart.</summary>
internal sealed record SpaOptions
{
    /// <summary>The gateway as the browser reaches it.</summary>
    public string Gateway { get; init; } = "http://localhost:8080";

    /// <summary>The identity server as the browser reaches it: the issuer.</summary>
    public string Identity { get; init; } = "http://localhost:8082";

    public string GatewayOrigin => Origin(Gateway);

    public string IdentityOrigin => Origin(Identity);

    private static string Origin(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);
}
