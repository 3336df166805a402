using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Gateway.Features.Authentication.IdentityServer;

/// <summary>
/// A scheme that takes JWTs and reference tokens of one server. Names and defaults are those of IdentityServer4.AccessTokenValidation
/// (contract 05 §9.2).
/// </summary>
public sealed class IdentityServerAuthenticationOptions : AuthenticationSchemeOptions
{
    private const string DiscoveryPath = ".well-known/openid-configuration";

    /// <summary>The issuer's address, with or without the path of its discovery document. Required.</summary>
    public string? Authority { get; set; }

    /// <summary>Whether the issuer must be asked over TLS. Default true; introspection is still allowed without on the loopback interface.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>Default <see cref="IdentityServer.SupportedTokens.Both"/>.</summary>
    public SupportedTokens SupportedTokens { get; set; } = SupportedTokens.Both;

    /// <summary>Where the token stands. Default <c>Authorization: Bearer</c>.</summary>
    public Func<HttpRequest, string?> TokenRetriever { get; set; } = BearerToken.Find;

    /// <summary>The audience that JWTs must be meant for (default: any), and the client id at introspection.</summary>
    public string? ApiName { get; set; }

    /// <summary>The client secret at introspection. Without it reference tokens are refused.</summary>
    public string? ApiSecret { get; set; }

    /// <summary>True: the audience isn't checked even with <see cref="ApiName"/>. Default false.</summary>
    public bool LegacyAudienceValidation { get; set; }

    /// <summary>The claim that is the identity's name. Default <c>name</c>.</summary>
    public string NameClaimType { get; set; } = "name";

    /// <summary>The claim that is a role of the identity. Default <c>role</c>.</summary>
    public string RoleClaimType { get; set; } = "role";

    /// <summary>Whether answers of introspection are remembered, in this process. Default false.</summary>
    public bool EnableCaching { get; set; }

    /// <summary>How long an answer is remembered at most; never beyond the token's <c>exp</c>. Default 10 minutes.</summary>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Accepted; the memory of a scheme is its own, so nothing needs telling apart.</summary>
    public string CacheKeyPrefix { get; set; } = "";

    /// <summary>What the discovery document must fulfil for introspection. By default: issued by the authority, endpoints below it, with a key set.</summary>
    public DiscoveryPolicy IntrospectionDiscoveryPolicy { get; set; } = new();

    /// <summary>Whether handlers can read the token as <c>access_token</c> of the authentication's properties. Default true.</summary>
    public bool SaveToken { get; set; } = true;

    /// <summary>How far clocks may differ when a JWT's times are checked. Default the platform's 5 minutes.</summary>
    public TimeSpan? JwtValidationClockSkew { get; set; }

    /// <summary>What connects to the issuer for its metadata; null: the platform's.</summary>
    public HttpMessageHandler? JwtBackChannelHandler { get; set; }

    /// <summary>How long one call to the server may take. Default 60 seconds.</summary>
    public TimeSpan BackChannelTimeouts { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Events of the JWT validation.</summary>
    public JwtBearerEvents JwtBearerEvents { get; set; } = new();

    /// <summary>When keys are read again although every token's key is known. Default the platform's 12 hours.</summary>
    public TimeSpan? DiscoveryDocumentRefreshInterval { get; set; }

    internal bool TakesJwts => SupportedTokens is SupportedTokens.Both or SupportedTokens.Jwt;

    internal bool TakesReferenceTokens => SupportedTokens is SupportedTokens.Both or SupportedTokens.Reference && !string.IsNullOrWhiteSpace(ApiSecret);

    internal string MetadataAddress => Authority switch
    {
        null or "" => throw new InvalidOperationException("The scheme has no Authority."),
        _ when Authority.EndsWith(DiscoveryPath, StringComparison.OrdinalIgnoreCase) => Authority,
        _ => $"{Authority.TrimEnd('/')}/{DiscoveryPath}",
    };
}
