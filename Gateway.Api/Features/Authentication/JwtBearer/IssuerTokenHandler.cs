using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Features.Authentication.JwtBearer;

/// <summary>
/// Validates JWTs with an issuer's keys, beside those that the configuration gives. A token signed by a key that isn't known makes the issuer
/// be asked once more before the answer is no, so that the first token after a rollover passes already; only its own request waits.
/// </summary>
/// <param name="asksForUnknownKeys">The platform's <c>RefreshOnIssuerKeyNotFound</c>.</param>
internal sealed class IssuerTokenHandler(IssuerKeys keys, bool asksForUnknownKeys) : JsonWebTokenHandler
{
    private Trusted? _trusted;

    public IssuerKeys Keys { get; } = keys;

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var known = await Keys.GetAsync();
        var result = await ValidateAsync(token, validationParameters, known);
        if (result.IsValid || !asksForUnknownKeys || !IsOfUnknownKey(result.Exception)) return result;

        await Keys.RefreshAsync();
        var read = await Keys.GetAsync();
        return ReferenceEquals(read, known) ? result : await ValidateAsync(token, validationParameters, read);
    }

    private static bool IsOfUnknownKey(Exception? failure) =>
        failure is SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException;

    private Task<TokenValidationResult> ValidateAsync(string token, TokenValidationParameters configured, OpenIdConnectConfiguration? known)
    {
        if (known is null) return base.ValidateTokenAsync(token, configured);

        var trusted = _trusted;
        if (trusted is null || !ReferenceEquals(trusted.Source, known)) _trusted = trusted = Trusted.Of(known, configured);
        var parameters = configured.Clone();
        parameters.IssuerSigningKeys = trusted.Keys;
        parameters.ValidIssuers = trusted.Issuers;
        return base.ValidateTokenAsync(token, parameters);
    }

    /// <summary>What the configuration and the issuer's metadata give together; made once for each metadata.</summary>
    private sealed record Trusted(OpenIdConnectConfiguration Source, SecurityKey[] Keys, string[] Issuers)
    {
        public static Trusted Of(OpenIdConnectConfiguration known, TokenValidationParameters configured) => new(
            known,
            [.. configured.IssuerSigningKeys ?? [], .. known.SigningKeys],
            [.. configured.ValidIssuers ?? [], .. string.IsNullOrEmpty(known.Issuer) ? Array.Empty<string>() : [known.Issuer]]);
    }
}
