using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>
/// A scheme that asks an authorization server about each token (RFC 7662). Names and defaults are those of the introspection handler that
/// Ocelot's users know (contract 05 §9.2).
/// </summary>
internal sealed class IntrospectionOptions : AuthenticationSchemeOptions
{
    /// <summary>The server's address, from whose discovery document the endpoint is taken. One of the two is required.</summary>
    public string? Authority { get; set; }

    /// <summary>The endpoint itself; then nothing is discovered.</summary>
    public string? IntrospectionEndpoint { get; set; }

    /// <summary>How the gateway names itself to the server. Required.</summary>
    public string? ClientId { get; set; }

    /// <summary>Required.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where the client's credentials stand: default <c>PostBody</c>; <c>AuthorizationHeader</c> for Basic.</summary>
    public ClientCredentialStyle ClientCredentialStyle { get; set; } = ClientCredentialStyle.PostBody;

    /// <summary>Default <c>access_token</c>.</summary>
    public string TokenTypeHint { get; set; } = "access_token";

    /// <summary>True: a token that looks like a JWT is left to another scheme. Default false.</summary>
    public bool SkipTokensWithDots { get; set; }

    /// <summary>The claim that is the identity's name. Default <c>name</c>.</summary>
    public string NameClaimType { get; set; } = "name";

    /// <summary>The claim that is a role of the identity. Default <c>role</c>.</summary>
    public string RoleClaimType { get; set; } = "role";

    /// <summary>Whether answers are remembered, by the token's hash: in this process, and with a shared state in all gateways. Default false: the server is asked every time.</summary>
    public bool EnableCaching { get; set; }

    /// <summary>
    /// How long an answer is remembered at most; never beyond the token's <c>exp</c>. A revoked token may work for as long. Default 10 minutes.
    /// </summary>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Accepted for files written for Ocelot; the memory of a scheme is its own, so nothing needs telling apart.</summary>
    public string CacheKeyPrefix { get; set; } = "";

    /// <summary>Whether handlers can read the token as <c>access_token</c> of the authentication's properties. Default true.</summary>
    public bool SaveToken { get; set; } = true;

    /// <summary>False: the server may be asked over plain HTTP. Default true, which still allows it on the loopback interface.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>How long discovery and question together may take. Default 60 seconds.</summary>
    public TimeSpan BackChannelTimeouts { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>What a discovery document must fulfil. By default: issued by the authority, endpoints below it, with a key set.</summary>
    public DiscoveryPolicy DiscoveryPolicy { get; set; } = new();

    /// <summary>Where the token stands. Default <c>Authorization: Bearer</c>.</summary>
    public Func<HttpRequest, string?> TokenRetriever { get; set; } = BearerToken.Find;

    /// <summary>Asks the server; made once these options are complete.</summary>
    public Introspector? Introspector { get; set; }
}
