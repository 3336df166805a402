using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.IdentityServer;

/// <summary>Finds the token and leaves it to the scheme for its kind (contract 05 §9.4); there is no second opinion.</summary>
internal sealed partial class IdentityServerAuthenticationHandler(
    IOptionsMonitor<IdentityServerAuthenticationOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<IdentityServerAuthenticationOptions>(options, loggers, encoder)
{
    private static readonly AuthenticateResult NoSecret =
        AuthenticateResult.Fail("The scheme has no ApiSecret, so reference tokens can't be looked up.");

    private string JwtScheme => Scheme.Name + IdentityServerAuthenticationExtensions.JwtSuffix;

    private string IntrospectionScheme => Scheme.Name + IdentityServerAuthenticationExtensions.IntrospectionSuffix;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            if (Options.TokenRetriever(Request) is not { } token) return AuthenticateResult.NoResult();
            if (InnerScheme(token) is not { } inner) return AuthenticateResult.NoResult();
            if (inner == IntrospectionScheme && !Options.TakesReferenceTokens) return NoSecret;

            Context.Features.Set(new ChosenToken(inner, token));
            return await Context.AuthenticateAsync(inner);
        }
        catch (Exception e)
        {
            Log.Failed(Logger, Scheme.Name, e);
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.ChallengeAsync(Chosen(), properties);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.ForbidAsync(Chosen(), properties);

    private string? InnerScheme(string token) => Options.SupportedTokens switch
    {
        SupportedTokens.Reference => IntrospectionScheme,
        _ when token.Contains('.') => JwtScheme,
        SupportedTokens.Both => IntrospectionScheme,
        _ => null,
    };

    private string Chosen() => Context.Features.Get<ChosenToken>()?.Scheme ?? (Options.TakesJwts ? JwtScheme : IntrospectionScheme);

    private static partial class Log
    {
        [LoggerMessage(2020, LogLevel.Error, "The scheme {Scheme} failed to check a token", EventName = nameof(Failed))]
        public static partial void Failed(ILogger logger, string scheme, Exception failure);
    }
}
