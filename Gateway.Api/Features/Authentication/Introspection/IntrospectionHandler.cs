using System.Security.Claims;
using System.Text.Encodings.Web;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>Accepts a token that its server calls active. Whatever goes wrong is a failed authentication, never an exception.</summary>
internal sealed class IntrospectionHandler(IOptionsMonitor<IntrospectionOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<IntrospectionOptions>(options, loggers, encoder)
{
    private static readonly AuthenticateResult Inactive = AuthenticateResult.Fail("The token is not active.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Options.TokenRetriever(Request) is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        if (Options.SkipTokensWithDots && token.Contains('.')) return AuthenticateResult.NoResult();
        try
        {
            var answer = await Options.Introspector!.AskAsync(token, Context.RequestAborted, Context.Features.Get<ISharedState>());
            return answer.IsActive ? AuthenticateResult.Success(Ticket(token, answer)) : Inactive;
        }
        catch (Exception e)
        {
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = BearerChallenge.Realm;
        return base.HandleChallengeAsync(properties);
    }

    private AuthenticationTicket Ticket(string token, IntrospectionAnswer answer)
    {
        var identity = new ClaimsIdentity(answer.Claims, Scheme.Name, Options.NameClaimType, Options.RoleClaimType);
        var properties = new AuthenticationProperties { ExpiresUtc = answer.Expires };
        if (Options.SaveToken) properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = token }]);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }
}
