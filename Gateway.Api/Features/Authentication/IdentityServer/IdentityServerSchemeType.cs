using Gateway.Features.Authentication.Introspection;
using Gateway.Features.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.IdentityServer;

/// <summary>JWTs and reference tokens of one server, as files written for IdentityServer4 expect.</summary>
internal sealed class IdentityServerSchemeType : ISchemeType
{
    private static readonly string[] Keys =
    [
        "Authority", "RequireHttpsMetadata", "SupportedTokens", "ApiName", "ApiSecret", "LegacyAudienceValidation", "NameClaimType",
        "RoleClaimType", "EnableCaching", "CacheDuration", "CacheKeyPrefix", "IntrospectionDiscoveryPolicy", "SaveToken",
        "JwtValidationClockSkew", "BackChannelTimeouts", "DiscoveryDocumentRefreshInterval",
    ];

    public string Name => "IdentityServer";

    public void Register(AuthenticationBuilder authentication, SchemeDeclaration scheme) =>
        authentication.AddIdentityServerAuthentication(scheme.Name, options => scheme.Section.Bind(options));

    public IEnumerable<SchemeFault> Faults(SchemeDeclaration scheme)
    {
        foreach (var fault in scheme.UnknownKeys(Keys)) yield return fault;

        var takes = Enum.TryParse<SupportedTokens>(scheme["SupportedTokens"], ignoreCase: true, out var written) ? written : SupportedTokens.Both;
        if (scheme["Authority"] is not { } authority)
            yield return scheme.Fault("Authority", "there is no issuer whose tokens could be checked", "Write the issuer's address");
        else
            foreach (var fault in scheme.AddressFaults("Authority", authority, IsHttpAllowed(scheme, authority, takes))) yield return fault;

        if (takes == SupportedTokens.Reference && scheme["ApiSecret"] is null)
            yield return scheme.Fault("ApiSecret", "reference tokens can't be looked up without it, and no others are taken",
                "Write ApiSecret, or \"SupportedTokens\": \"Jwt\"");
        if (takes != SupportedTokens.Jwt && scheme["ApiSecret"] is not null && scheme["ApiName"] is null)
            yield return scheme.Fault("ApiName", "the ApiSecret is no use without it", "Write the name under which the issuer knows this API");
    }

    public SchemeMemory Memory(SchemeDeclaration scheme, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsMonitor<IdentityServerAuthenticationOptions>>().Get(scheme.Name);
        if (!options.TakesJwts) return SchemeMemory.None;

        var jwt = services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(scheme.Name + IdentityServerAuthenticationExtensions.JwtSuffix);
        return new SchemeMemory(true, jwt.IssuerKeys());
    }

    private static bool IsHttpAllowed(SchemeDeclaration scheme, string authority, SupportedTokens takes) =>
        takes == SupportedTokens.Reference ? IntrospectionSchemeType.IsHttpAllowed(scheme, authority) : scheme.IsFalse("RequireHttpsMetadata");
}
