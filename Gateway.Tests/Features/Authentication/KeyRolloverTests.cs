using System.Net;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.Authentication;

/// <summary>An issuer may change its keys and be away; neither opens a route, and neither fails a token whose key is known.</summary>
public sealed class KeyRolloverTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task The_first_token_of_a_new_key_passes()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        var old = issuer.Jwt();
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(old));

        issuer.RollKey();

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(old));
    }

    [Fact]
    public async Task Tokens_of_unknown_keys_make_the_issuer_be_asked_no_more_than_once_in_a_while()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt(key: TokenIssuer.UnknownKey())));
        Assert.Equal(2, issuer.KeyReads);

        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt(key: TokenIssuer.UnknownKey())));
        Assert.Equal(3, issuer.KeyReads);
    }

    [Fact]
    public async Task A_token_of_a_withdrawn_key_fails_once_the_keys_were_read_again_even_if_it_passed_before()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        var old = issuer.Jwt();
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(old));

        issuer.RollKey(withdraw: true);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(old));
    }

    [Fact]
    public async Task Keys_are_read_again_after_some_hours_though_no_token_asks_for_it()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        var token = issuer.Jwt(lifetime: TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));

        issuer.RollKey(withdraw: true);
        _time.Advance(TimeSpan.FromHours(13));

        await Eventually.TrueAsync(async () => await gateway.StatusAsync(token) == HttpStatusCode.Unauthorized, "the withdrawn key is forgotten");
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt(lifetime: TimeSpan.FromDays(2))));
    }

    [Fact]
    public async Task Known_keys_stay_in_force_while_the_issuer_is_away()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));

        await issuer.StopAsync();
        _time.Advance(TimeSpan.FromHours(30));

        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt(lifetime: TimeSpan.FromDays(3))));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt(key: TokenIssuer.UnknownKey())));
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(token: null));
    }

    [Fact]
    public async Task No_token_passes_while_no_key_is_known_and_all_do_once_the_issuer_is_there()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await issuer.StopAsync();
        await using var gateway = await StartAsync(service, issuer);
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.StatusAsync(issuer.Jwt()));

        await issuer.StartAgainAsync();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(issuer.Jwt()));
    }

    [Fact]
    public async Task An_issuer_that_publishes_no_keys_by_mistake_is_not_believed()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, issuer);
        var token = issuer.Jwt(lifetime: TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));

        issuer.Describe = document => document["jwks_uri"] = $"{issuer.Authority}/nowhere";
        _time.Advance(TimeSpan.FromHours(13));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));
        await Eventually.TrueAsync(() => issuer.Discoveries == 2, "the keys are asked for again");

        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync(token));
    }

    private Task<TestGateway> StartAsync(StubService service, TokenIssuer issuer) => TestGateway.StartAsync(
        service, "/a", "/d", AuthenticatedRequests.ByBearer, settings: Schemes.Jwt(issuer), configure: services => services.AddSingleton<TimeProvider>(_time));
}
