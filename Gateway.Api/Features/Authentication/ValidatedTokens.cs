using System.Security.Claims;
using Gateway.Features.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Features.Authentication;

/// <summary>
/// Callers whose token was validated before, so that a repeated token costs a hash and no signature check. Known by the hash of the token,
/// until it expires or any of the issuers changes its keys. Thread-safe; a principal found here is shared and must not be changed.
/// </summary>
internal sealed class ValidatedTokens(IReadOnlyList<IssuerKeys> issuers, TimeProvider time)
{
    private readonly TokenCache<Caller> _callers = new();

    /// <summary>The state of the issuers' keys; to be taken before a token is validated.</summary>
    public long Version
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < issuers.Count; i++) sum += issuers[i].Version;
            return sum;
        }
    }

    public ClaimsPrincipal? Find(ReadOnlySpan<char> token)
    {
        var hash = TokenHash.Of(token);
        if (_callers.Find(hash) is not { } caller) return null;
        if (caller.Version == Version && time.GetUtcNow() < caller.Expires) return caller.Principal;
        _callers.Remove(hash);
        return null;
    }

    public void Add(ReadOnlySpan<char> token, ClaimsPrincipal principal, DateTimeOffset expires, long version)
    {
        if (expires > time.GetUtcNow()) _callers.Set(TokenHash.Of(token), new Caller(WithoutToken(principal), expires, version));
    }

    // The platform's identities hold on to the token that they were made from.
    private static ClaimsPrincipal WithoutToken(ClaimsPrincipal principal) => new(principal.Identities.Select(identity =>
        identity is CaseSensitiveClaimsIdentity
            ? new CaseSensitiveClaimsIdentity(identity.Claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType)
            : identity));

    private sealed record Caller(ClaimsPrincipal Principal, DateTimeOffset Expires, long Version);
}
