using Gateway.Features.Authentication.Introspection;
using Gateway.Features.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Features.Authentication.IdentityServer;

/// <summary>The verbs by which programs written for IdentityServer4.AccessTokenValidation register their scheme.</summary>
public static class IdentityServerAuthenticationExtensions
{
    /// <summary>The scheme's name where none is given.</summary>
    public const string DefaultScheme = "Bearer";

    internal const string JwtSuffix = "IdentityServerAuthenticationJwt";
    internal const string IntrospectionSuffix = "IdentityServerAuthenticationIntrospection";

    /// <summary>Registers the scheme <c>Bearer</c>.</summary>
    public static AuthenticationBuilder AddIdentityServerAuthentication(this AuthenticationBuilder builder) =>
        builder.AddIdentityServerAuthentication(DefaultScheme);

    /// <summary>Registers a scheme with options that are set elsewhere.</summary>
    public static AuthenticationBuilder AddIdentityServerAuthentication(this AuthenticationBuilder builder, string authenticationScheme) =>
        builder.AddIdentityServerAuthentication(authenticationScheme, _ => { });

    /// <summary>Registers the scheme <c>Bearer</c>.</summary>
    public static AuthenticationBuilder AddIdentityServerAuthentication(
        this AuthenticationBuilder builder, Action<IdentityServerAuthenticationOptions> configureOptions) =>
        builder.AddIdentityServerAuthentication(DefaultScheme, configureOptions);

    /// <summary>Registers a scheme, and the two it leaves its tokens to.</summary>
    public static AuthenticationBuilder AddIdentityServerAuthentication(
        this AuthenticationBuilder builder, string authenticationScheme, Action<IdentityServerAuthenticationOptions> configureOptions)
    {
        var (jwt, introspection) = (authenticationScheme + JwtSuffix, authenticationScheme + IntrospectionSuffix);

        builder.AddJwtBearer(jwt, _ => { });
        builder.Services.AddOptions<JwtBearerOptions>(jwt).Configure<IOptionsMonitor<IdentityServerAuthenticationOptions>>(
            (inner, outer) => Configure(inner, outer.Get(authenticationScheme), jwt));
        builder.Services.AddIssuerKeys(jwt);

        builder.Services.AddIntrospector();
        builder.AddScheme<IntrospectionOptions, IntrospectionHandler>(introspection, _ => { });
        builder.Services.AddOptions<IntrospectionOptions>(introspection).Configure<IOptionsMonitor<IdentityServerAuthenticationOptions>>(
            (inner, outer) => Configure(inner, outer.Get(authenticationScheme), introspection));

        return builder.AddScheme<IdentityServerAuthenticationOptions, IdentityServerAuthenticationHandler>(authenticationScheme, configureOptions);
    }

    private static void Configure(JwtBearerOptions inner, IdentityServerAuthenticationOptions outer, string scheme)
    {
        inner.MetadataAddress = outer.MetadataAddress;
        inner.RequireHttpsMetadata = outer.RequireHttpsMetadata;
        inner.BackchannelTimeout = outer.BackChannelTimeouts;
        inner.BackchannelHttpHandler = outer.JwtBackChannelHandler;
        inner.SaveToken = outer.SaveToken;
        inner.MapInboundClaims = false;
        if (outer.DiscoveryDocumentRefreshInterval is { } interval) inner.AutomaticRefreshInterval = interval;

        var checksAudience = !string.IsNullOrEmpty(outer.ApiName) && !outer.LegacyAudienceValidation;
        inner.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateAudience = checksAudience,
            ValidAudience = checksAudience ? outer.ApiName : null,
            NameClaimType = outer.NameClaimType,
            RoleClaimType = outer.RoleClaimType,
        };
        if (outer.JwtValidationClockSkew is { } skew) inner.TokenValidationParameters.ClockSkew = skew;

        inner.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => Receive(context, outer.JwtBearerEvents, scheme),
            OnTokenValidated = outer.JwtBearerEvents.TokenValidated,
            OnAuthenticationFailed = outer.JwtBearerEvents.AuthenticationFailed,
            OnChallenge = outer.JwtBearerEvents.Challenge,
            OnForbidden = outer.JwtBearerEvents.Forbidden,
        };
    }

    private static Task Receive(MessageReceivedContext context, JwtBearerEvents events, string scheme)
    {
        if (ChosenToken.For(context.HttpContext, scheme) is not { Length: > 0 } token)
        {
            context.NoResult();
            return Task.CompletedTask;
        }
        context.Token = token;
        return events.MessageReceived(context);
    }

    private static void Configure(IntrospectionOptions inner, IdentityServerAuthenticationOptions outer, string scheme)
    {
        inner.Authority = outer.Authority;
        inner.ClientId = outer.ApiName;
        inner.ClientSecret = outer.ApiSecret;
        inner.NameClaimType = outer.NameClaimType;
        inner.RoleClaimType = outer.RoleClaimType;
        inner.EnableCaching = outer.EnableCaching;
        inner.CacheDuration = outer.CacheDuration;
        inner.CacheKeyPrefix = outer.CacheKeyPrefix;
        inner.SaveToken = outer.SaveToken;
        inner.RequireHttpsMetadata = outer.RequireHttpsMetadata;
        inner.BackChannelTimeouts = outer.BackChannelTimeouts;
        inner.DiscoveryPolicy = outer.IntrospectionDiscoveryPolicy;
        inner.TokenRetriever = request => ChosenToken.For(request.HttpContext, scheme);
    }
}
