using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Host settings that declare schemes.</summary>
internal static class Schemes
{
    /// <summary>JWTs of the issuer, meant for the test API.</summary>
    public static (string, string)[] Jwt(TokenIssuer issuer, string name = "Bearer", params (string Key, string Value)[] more) =>
        Of(name, [("Authority", issuer.Authority), ("RequireHttpsMetadata", "false"), ("ValidAudiences:0", TokenIssuer.ApiName), ("MapInboundClaims", "false"), .. more]);

    /// <summary>JWTs and reference tokens of the issuer.</summary>
    public static (string, string)[] IdentityServer(TokenIssuer issuer, string name = "Bearer", params (string Key, string Value)[] more) => Of(name,
    [
        ("Type", "IdentityServer"), ("Authority", issuer.Authority), ("RequireHttpsMetadata", "false"),
        ("ApiName", TokenIssuer.ApiName), ("ApiSecret", TokenIssuer.ApiSecret), .. more,
    ]);

    /// <summary>Any token, looked up at the issuer.</summary>
    public static (string, string)[] Introspection(TokenIssuer issuer, string name = "Bearer", params (string Key, string Value)[] more) => Of(name,
    [
        ("Type", "Introspection"), ("Authority", issuer.Authority), ("ClientId", TokenIssuer.ApiName), ("ClientSecret", TokenIssuer.ApiSecret), .. more,
    ]);

    /// <summary>A later value of a key replaces an earlier one; an empty one removes it.</summary>
    public static (string, string)[] Of(string name, params (string Key, string Value)[] settings) =>
        [.. settings.GroupBy(s => s.Key).Select(g => g.Last()).Where(s => s.Value.Length > 0).Select(s => ($"Authentication:Schemes:{name}:{s.Key}", s.Value))];
}
