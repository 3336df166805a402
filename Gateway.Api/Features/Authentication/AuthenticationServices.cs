using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Features.Authentication;

/// <summary>Registers the schemes that the host's configuration declares.</summary>
internal static class AuthenticationServices
{
    public static IServiceCollection AddSchemes(this IServiceCollection services, IConfiguration configuration)
    {
        // The platform's AddAuthentication would also bring data protection, which writes a key ring to disk that no token needs.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        services.TryAddSingleton(UrlEncoder.Default);
        services.TryAddSingleton<IAuthenticationConfigurationProvider>(new AuthenticationConfiguration(configuration));

        var declared = new DeclaredSchemes(configuration);
        declared.Register(new DeclaringBuilder(services));
        services.AddSingleton(declared);
        services.AddSingleton<SchemeCatalog>();
        services.AddSingleton<AuthenticationFeature>();
        return services;
    }

    /// <summary>Where the platform's handlers read their options.</summary>
    private sealed class AuthenticationConfiguration(IConfiguration configuration) : IAuthenticationConfigurationProvider
    {
        IConfiguration IAuthenticationConfigurationProvider.AuthenticationConfiguration => configuration.GetSection("Authentication");
    }
}
