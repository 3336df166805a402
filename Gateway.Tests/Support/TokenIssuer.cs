using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Support;

/// <summary>
/// A real OpenID Connect issuer on a free port of the loopback interface: discovery, keys, introspection (RFC 7662), and the tokens to go
/// with them. It counts what it is asked, can roll its keys, and can be stopped and started again at the same address.
/// </summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string ApiName = "api";
    public const string ApiSecret = "api-secret";

    // Making a key takes longer than most tests, so all issuers take theirs from the same few, each key at most once.
    private static readonly Lazy<RSAParameters>[] Material =
        [.. Enumerable.Range(0, 4).Select(_ => new Lazy<RSAParameters>(() => RSA.Create(2048).ExportParameters(includePrivateParameters: true)))];

    private readonly ConcurrentDictionary<string, string> _references = new();
    private readonly List<RsaSecurityKey> _published = [];
    private WebApplication? _app;
    private RsaSecurityKey _signing;
    private int _discoveries, _keyReads, _introspections, _keys;

    private TokenIssuer() => _published.Add(_signing = NextKey());

    public int Port { get; private set; }

    public string Authority => $"http://127.0.0.1:{Port}";

    /// <summary>How often the discovery document was read.</summary>
    public int Discoveries => _discoveries;

    /// <summary>How often the keys were read.</summary>
    public int KeyReads => _keyReads;

    /// <summary>How often a token was looked up.</summary>
    public int Introspections => _introspections;

    /// <summary>The form of the last introspection.</summary>
    public IReadOnlyDictionary<string, string> LastIntrospection { get; private set; } = new Dictionary<string, string>();

    /// <summary>Answers introspection in place of the issuer's own way; the call has been counted by then. Null: the own way.</summary>
    public RequestDelegate? Introspect { get; set; }

    /// <summary>Changes the discovery document before it is sent.</summary>
    public Action<Dictionary<string, object>> Describe { get; set; } = _ => { };

    public static async Task<TokenIssuer> StartAsync()
    {
        var issuer = new TokenIssuer();
        await issuer.StartAgainAsync();
        return issuer;
    }

    /// <summary>Listens, at the same address as before if it did before.</summary>
    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, Port));
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", DescribeAsync);
        _app.MapGet("/keys", PublishKeysAsync);
        _app.MapPost("/introspect", IntrospectAsync);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Port = new Uri(_app.Urls.Single()).Port;
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Signs with a new key from now on.</summary>
    /// <param name="withdraw">Whether the keys so far are published no longer.</param>
    public void RollKey(bool withdraw = false)
    {
        lock (_published)
        {
            if (withdraw) _published.Clear();
            _published.Add(_signing = NextKey());
        }
    }

    /// <summary>A JWT for the test API, good for ten minutes unless said otherwise.</summary>
    /// <param name="claims">Claims of any JSON type.</param>
    public string Jwt(
        IReadOnlyDictionary<string, object>? claims = null, TimeSpan? lifetime = null, string audience = ApiName, string? issuer = null, SecurityKey? key = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var expires = now + (lifetime ?? TimeSpan.FromMinutes(10));
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Authority,
            Audience = audience,
            NotBefore = expires < now ? expires.AddMinutes(-1) : now.AddSeconds(-5),
            Expires = expires,
            Claims = new Dictionary<string, object>(claims ?? new Dictionary<string, object> { ["sub"] = "7" }) { ["jti"] = Guid.NewGuid().ToString("N") },
            SigningCredentials = new SigningCredentials(key ?? _signing, key is SymmetricSecurityKey ? "HS256" : "RS256"),
        });
    }

    /// <summary>A JWT with one claim.</summary>
    public string Jwt(string type, object value) => Jwt(new Dictionary<string, object> { [type] = value });

    /// <summary>A reference token about which introspection tells this JSON.</summary>
    public string Reference(string json = """{ "active": true, "sub": "7" }""", string? token = null)
    {
        token ??= Guid.NewGuid().ToString("N");
        _references[token] = json;
        return token;
    }

    public void Revoke(string token) => _references.TryRemove(token, out _);

    /// <summary>A key that nobody publishes.</summary>
    public static RsaSecurityKey UnknownKey() => KeyOf(Material[^1].Value);

    private RsaSecurityKey NextKey() => KeyOf(Material[_keys++].Value);

    private static RsaSecurityKey KeyOf(RSAParameters material) => new(material) { KeyId = Guid.NewGuid().ToString("N") };

    private Task DescribeAsync(HttpContext http)
    {
        Interlocked.Increment(ref _discoveries);
        var document = new Dictionary<string, object>
        {
            ["issuer"] = Authority,
            ["jwks_uri"] = $"{Authority}/keys",
            ["introspection_endpoint"] = $"{Authority}/introspect",
        };
        Describe(document);
        return http.Response.WriteAsJsonAsync(document);
    }

    private Task PublishKeysAsync(HttpContext http)
    {
        Interlocked.Increment(ref _keyReads);
        lock (_published) return http.Response.WriteAsJsonAsync(new { keys = _published.Select(Public).ToArray() });
    }

    private static object Public(RsaSecurityKey key)
    {
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = key.KeyId,
            n = Base64UrlEncoder.Encode(key.Parameters.Modulus),
            e = Base64UrlEncoder.Encode(key.Parameters.Exponent),
        };
    }

    private async Task IntrospectAsync(HttpContext http)
    {
        Interlocked.Increment(ref _introspections);
        var form = (await http.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
        LastIntrospection = form;
        if (Introspect is { } instead)
        {
            await instead(http);
            return;
        }
        if (form.GetValueOrDefault("client_id") != ApiName || form.GetValueOrDefault("client_secret") != ApiSecret)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(_references.GetValueOrDefault(form["token"], """{ "active": false }"""));
    }
}
