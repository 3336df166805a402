using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Hosting.Administration;

/// <summary>
/// The tokens that the gateway gives out itself, for its secret. The key is made of the secret: gateways with the same secret accept each
/// other's tokens, also after a restart, and a new secret ends all of them.
/// </summary>
internal sealed class AdministrationTokens
{
    public const string ClientId = "admin";

    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Issuer = "gateway-administration";

    // Makes each guess at the secret from a token that was found somewhere cost about as much as a password's.
    private const int Rounds = 210_000;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly byte[] _secret;
    private readonly SymmetricSecurityKey _key;
    private readonly TokenValidationParameters _rules;
    private readonly TimeProvider _time;

    public AdministrationTokens(string secret, TimeProvider time)
    {
        _time = time;
        _secret = Hash(secret);
        // The salt has to be the same in all gateways.
        _key = new SymmetricSecurityKey(Rfc2898DeriveBytes.Pbkdf2(secret, Encoding.UTF8.GetBytes(Issuer), Rounds, HashAlgorithmName.SHA256, 32));
        _rules = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = _key,
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
            AuthenticationType = "Bearer",
        };
    }

    public bool IsSecret(string text) => CryptographicOperations.FixedTimeEquals(Hash(text), _secret);

    public string Issue(string scope)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object> { ["client_id"] = ClientId, ["scope"] = scope },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <returns>Null for a token that isn't one of these, or has ended.</returns>
    public async Task<ClaimsPrincipal?> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, _rules);
        return result.IsValid ? new ClaimsPrincipal(result.ClaimsIdentity) : null;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
