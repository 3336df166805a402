using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Samples.Identity;

internal static class IdentityServices
{
    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(30);

    public static IServiceCollection AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Get<IdentityOptions>() ?? new IdentityOptions();
        services.AddSingleton(options);

        services.AddDbContext<IdentityStore>(db => db.UseInMemoryDatabase(nameof(IdentityStore)).UseOpenIddict());
        services.AddHostedService<DemoData>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(s => s.GetRequiredService<SigningKeys>());
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityStore>())
            .AddServer(server => Configure(server, options));

        services.AddDataProtection().UseEphemeralDataProtectionProvider(); // a login lasts as long as the process, like all the rest
        services.AddAntiforgery();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.LoginPath = LoginEndpoints.Path;
            cookie.Cookie.Name = "demo-identity";
        });
        services.AddAuthorization();
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
            policy.WithOrigins(options.SpaOrigin.GetLeftPart(UriPartial.Authority)).AllowAnyHeader().WithMethods("GET", "POST")));
        return services;
    }

    private static void Configure(OpenIddictServerBuilder server, IdentityOptions options)
    {
        server.SetIssuer(options.Issuer);
        server.SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetIntrospectionEndpointUris("connect/introspect")
            .SetRevocationEndpointUris("connect/revoke")
            .SetEndSessionEndpointUris("connect/endsession");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
        server.Configure(o => o.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
        server.RegisterScopes([Scopes.Profile, Scopes.Email, Scopes.Roles, .. ApiScope.All]);
        server.SetAccessTokenLifetime(AccessTokenLifetime);
        server.DisableAccessTokenEncryption(); // the gateway reads JWTs by itself
        server.AddEventHandler(ReferenceTokens.Descriptor);
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .DisableTransportSecurityRequirement(); // a demo on loopback; a real one has TLS
    }
}
