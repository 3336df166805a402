using Gateway.Pipeline;

namespace Gateway.Features.Authentication;

/// <summary>Lets through whom one of the route's schemes accepts, and refuses everybody else with 401 (contract 05 §5).</summary>
/// <param name="schemes">Tried in order.</param>
/// <param name="letsOptionsPass">Whether OPTIONS requests aren't asked, as in Ocelot.</param>
/// <param name="source">Where else than in a header the token may be; null: nowhere.</param>
/// <param name="shared">Where schemes may tell other gateways what they were told; null for a gateway by itself.</param>
internal sealed class AuthenticationStep(SchemeList schemes, bool letsOptionsPass, TokenSource? source, ISharedState? shared) : IAuthenticationStep
{
    public static readonly Refusal NotAuthenticated = new("not_authenticated", 401, "This resource needs a valid access token.");

    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        var http = exchange.Http;
        source?.Take(exchange);
        if (letsOptionsPass && HttpMethods.IsOptions(http.Request.Method)) return next(exchange);
        if (schemes.Recall(http.Request) is not { } known) return AuthenticateAsync(exchange, next);
        http.User = known;
        return next(exchange);
    }

    private async Task AuthenticateAsync(Exchange exchange, RouteDelegate next)
    {
        if (shared is not null) exchange.Http.Features.Set(shared);
        var outcome = await schemes.AuthenticateAsync(exchange.Http);
        if (outcome is { Succeeded: true, Principal: { Identity.IsAuthenticated: true } caller })
        {
            exchange.Http.User = caller;
            await next(exchange);
            return;
        }

        var challenge = BearerChallenge.For(exchange.Http.Request, outcome?.Failure);
        if (schemes.TakesBearerTokens) exchange.Http.Response.Headers.WWWAuthenticate = challenge.Header;
        await exchange.RefuseAsync(NotAuthenticated, challenge.Detail);
    }
}
