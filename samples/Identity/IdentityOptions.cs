namespace Samples.Identity;

/// <summary>What the server needs to know about where it stands; the defaults are those of the Quickstart.</summary>
internal sealed record IdentityOptions
{
    /// <summary>
    /// The issuer in every token, whatever name the server is called by: browsers reach it at this address, a gateway in a container
    /// may read the metadata at another.
    /// </summary>
    public Uri Issuer { get; init; } = new("http://localhost:8082");

    /// <summary>The origin of the single-page app: where codes are sent to, and which may call the token endpoint.</summary>
    public Uri SpaOrigin { get; init; } = new("http://localhost:8083");

    /// <summary>The app's page, where a browser comes back to: the origin with a slash, letter by letter what the app sends.</summary>
    public Uri SpaPage => new(SpaOrigin, "/");
}
