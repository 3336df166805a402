using Microsoft.IdentityModel.Tokens;

namespace Gateway.Features.Authentication;

/// <summary>
/// What a caller who wasn't accepted is told (RFC 6750 §3): nothing but the scheme to a caller without a token, and to one with a token that
/// it is of no use. Of the reasons only that it has expired is named, because the caller can do something about that one.
/// </summary>
internal sealed record BearerChallenge(string Header, string? Detail)
{
    public const string Realm = "Bearer realm=\"gateway\"";

    private static readonly BearerChallenge Missing = new(Realm, null);
    private static readonly BearerChallenge Invalid = Because("The access token is not valid");
    private static readonly BearerChallenge Expired = Because("The access token has expired");

    public static BearerChallenge For(HttpRequest request, Exception? failure) =>
        !BearerToken.IsSent(request) ? Missing
        : failure is SecurityTokenExpiredException ? Expired
        : Invalid;

    private static BearerChallenge Because(string reason) => new($"{Realm}, error=\"invalid_token\", error_description=\"{reason}\"", $"{reason}.");
}
