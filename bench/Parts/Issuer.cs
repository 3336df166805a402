using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Benchmarks;

/// <summary>An OpenID Connect issuer on a free port of the loopback interface, with one RSA key of 2048 bits.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Audience = "bench";

    private readonly WebApplication _app;

    private Issuer(WebApplication app) => _app = app;

    public RSA Key { get; } = RSA.Create(2048);

    public string Authority => _app.Urls.Single();

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new Issuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => new { issuer = issuer.Authority, jwks_uri = $"{issuer.Authority}/keys" });
        issuer._app.MapGet("/keys", () => new { keys = new[] { issuer.PublicKey() } });
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token of RS256 with the usual claims, good for a day.</summary>
    public string Token() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Authority,
        Audience = Audience,
        Expires = DateTime.UtcNow.AddDays(1),
        Claims = new Dictionary<string, object> { ["sub"] = "user-1", ["scope"] = "read", ["jti"] = Guid.NewGuid().ToString("N") },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(Key) { KeyId = "k" }, "RS256"),
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private object PublicKey()
    {
        var key = Key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = "k", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) };
    }
}
