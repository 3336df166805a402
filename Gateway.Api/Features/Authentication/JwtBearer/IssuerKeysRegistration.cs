using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.JwtBearer;

/// <summary>Puts <see cref="IssuerKeys"/> into a scheme, and finds them there.</summary>
internal static class IssuerKeysRegistration
{
    /// <summary>To be called behind the scheme's own registration.</summary>
    public static void AddIssuerKeys(this IServiceCollection services, string scheme, TimeSpan? betweenReadings = null) =>
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>>(s => new IssuerKeysSetup(
            scheme, betweenReadings, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<IssuerKeys>>()));

    /// <summary>The keys that the scheme finds by discovery; null where all its keys are configured.</summary>
    public static IssuerKeys? IssuerKeys(this JwtBearerOptions options) => options.TokenHandlers.OfType<IssuerTokenHandler>().FirstOrDefault()?.Keys;
}
