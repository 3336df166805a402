namespace Gateway.Features.Authentication.IdentityServer;

/// <summary>The kinds of token that an IdentityServer scheme takes.</summary>
public enum SupportedTokens
{
    /// <summary>A token with a dot is a JWT, any other a reference token.</summary>
    Both,

    /// <summary>JWTs only.</summary>
    Jwt,

    /// <summary>Every token is looked up at the server.</summary>
    Reference,
}
