using System.Net;
using System.Security.Claims;
using Gateway.Features.Authentication;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Features.Authentication;

/// <summary>A token that was validated before isn't validated again, as long as it would be accepted.</summary>
public sealed class ValidatedTokensTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_repeated_token_is_validated_once_and_another_one_for_itself()
    {
        var validations = 0;
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            AuthenticatedRequests.ByBearer + """, "AddHeadersToRequest": { "X-Sub": "Claims[sub] > value" } """, settings: Schemes.Jwt(issuer),
            configure: services => services.PostConfigure<JwtBearerOptions>("Bearer", options => options.Events = new JwtBearerEvents
            {
                OnTokenValidated = _ =>
                {
                    Interlocked.Increment(ref validations);
                    return Task.CompletedTask;
                },
            }));
        var (first, second) = (issuer.Jwt("sub", "1"), issuer.Jwt("sub", "2"));

        await gateway.StatusAsync(issuer.Jwt("sub", "0")); // brings in the issuer's keys, which is a change of keys
        validations = 0;
        foreach (var token in new[] { first, first, second, first, second })
            Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));

        Assert.Equal(2, validations);
        Assert.Equal(["1", "1", "2", "1", "2"], service.Seen.Skip(1).Select(seen => seen["X-Sub"]));
    }

    [Fact]
    public void A_token_is_forgotten_when_it_expires()
    {
        var tokens = new ValidatedTokens([], _time);
        tokens.Add("a.b.c", new ClaimsPrincipal(new ClaimsIdentity([new("sub", "7")], "test")), _time.GetUtcNow().AddMinutes(1), tokens.Version);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("7", tokens.Find("a.b.c")?.FindFirst("sub")?.Value);
        Assert.Null(tokens.Find("a.b.d"));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(tokens.Find("a.b.c"));
    }

    [Fact]
    public void A_token_that_was_validated_by_former_keys_is_not_remembered()
    {
        var tokens = new ValidatedTokens([], _time);
        tokens.Add("a.b.c", new ClaimsPrincipal(new ClaimsIdentity("test")), _time.GetUtcNow().AddMinutes(1), version: tokens.Version - 1);

        Assert.Null(tokens.Find("a.b.c"));
    }

    [Fact]
    public async Task The_token_itself_is_not_kept()
    {
        var key = TokenIssuer.UnknownKey();
        await using var issuer = await TokenIssuer.StartAsync();
        var token = issuer.Jwt(key: key);
        var validated = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidIssuer = issuer.Authority,
            ValidAudience = TokenIssuer.ApiName,
        });
        Assert.NotNull(Assert.IsType<CaseSensitiveClaimsIdentity>(validated.ClaimsIdentity).SecurityToken);

        var tokens = new ValidatedTokens([], _time);
        tokens.Add(token, new ClaimsPrincipal(validated.ClaimsIdentity), _time.GetUtcNow().AddMinutes(1), tokens.Version);

        var identity = Assert.IsType<CaseSensitiveClaimsIdentity>(tokens.Find(token)?.Identity);
        Assert.Null(identity.SecurityToken);
        Assert.Equal(validated.ClaimsIdentity.Claims.Select(c => (c.Type, c.Value)), identity.Claims.Select(c => (c.Type, c.Value)));
        Assert.True(identity.IsAuthenticated);
    }
}
