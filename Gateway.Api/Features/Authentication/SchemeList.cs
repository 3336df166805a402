using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Features.Authentication;

/// <summary>
/// The schemes of a route, tried in order (contract 05 §5): the first that accepts the caller wins; one that fails, has nothing to say or
/// throws leaves the caller to the next. Routes with the same list share one object, and with it what is remembered of tokens.
/// </summary>
internal sealed partial class SchemeList(
    IReadOnlyList<string> names, bool takesBearerTokens, int rememberable, ValidatedTokens? validated, ILogger<SchemeList> logger)
{
    /// <summary>Whether a caller who is refused can be told to come with a bearer token.</summary>
    public bool TakesBearerTokens => takesBearerTokens;

    /// <summary>The caller, if the request's token was accepted by these schemes before and still would be.</summary>
    public ClaimsPrincipal? Recall(HttpRequest request)
    {
        if (validated is null) return null;
        var token = BearerToken.Read(request);
        return token.IsEmpty ? null : validated.Find(token);
    }

    /// <returns>The first acceptance; else the failure that says most; null where no scheme has anything to say.</returns>
    public async Task<AuthenticateResult?> AuthenticateAsync(HttpContext http)
    {
        AuthenticateResult? refused = null;
        var version = validated?.Version ?? 0;
        for (var i = 0; i < names.Count; i++)
        {
            if (await TryAsync(http, names[i]) is not { } result) continue;
            if (result.Succeeded)
            {
                if (i < rememberable) Remember(http.Request, result, version);
                return result;
            }
            if (refused?.Failure is null) refused = result;
        }
        return refused;
    }

    private async Task<AuthenticateResult?> TryAsync(HttpContext http, string scheme)
    {
        try
        {
            return await http.AuthenticateAsync(scheme);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.Threw(logger, scheme, e);
            return null;
        }
    }

    private void Remember(HttpRequest request, AuthenticateResult result, long version)
    {
        // Only a JWT's acceptance follows from the token alone; other tokens are looked up where they can be revoked.
        var token = BearerToken.Read(request);
        if (token.Contains('.') && result is { Principal: { Identity.IsAuthenticated: true } caller, Properties.ExpiresUtc: { } expires })
            validated!.Add(token, caller, expires, version);
    }

    private static partial class Log
    {
        [LoggerMessage(2003, LogLevel.Warning, "The authentication scheme {Scheme} failed", EventName = nameof(Threw))]
        public static partial void Threw(ILogger logger, string scheme, Exception failure);
    }
}
