using Gateway.Configuration;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Hosting.Administration;

/// <summary>Puts the administration before the gateway, where the host's configuration asks for it.</summary>
internal static class AdministrationServices
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton<ConfigurationResource>()
        .AddSingleton<RegionResource>()
        .AddSingleton<RunningResource>();

    /// <summary>Does nothing where <c>Administration</c> isn't written, or is wrong: then it stays closed.</summary>
    public static void UseAdministration(this WebApplication app)
    {
        if (AdministrationSettings.Read(app.Configuration, new ProblemList()) is not { } settings) return;
        var administration = ActivatorUtilities.CreateInstance<AdministrationEntry>(app.Services, settings);
        app.Use(administration.InvokeAsync);
    }

    /// <summary>What is wrong with the section.</summary>
    public static async Task<IReadOnlyCollection<Problem>> CheckAdministrationAsync(this WebApplication app)
    {
        var problems = new ProblemList();
        if (AdministrationSettings.Read(app.Configuration, problems) is { Scheme: not null } settings)
        {
            var schemes = await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync();
            settings.CheckScheme([.. schemes.Select(s => s.Name)], problems);
        }
        return problems;
    }
}
