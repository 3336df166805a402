namespace Gateway.Features.Authentication.IdentityServer;

/// <summary>
/// The token that the outer scheme found, and the inner scheme that is to look at it. The inner schemes read nothing else, so a raw header
/// never goes round the outer scheme's retriever.
/// </summary>
internal sealed record ChosenToken(string Scheme, string Token)
{
    public static string? For(HttpContext http, string scheme) => http.Features.Get<ChosenToken>() is { } chosen && chosen.Scheme == scheme ? chosen.Token : null;
}
