using Gateway.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting.Administration;

/// <summary>Puts the administration before the gateway, where the host's configuration, or its program, asks for it.</summary>
internal static class AdministrationServices
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton<ConfigurationResource>()
        .AddSingleton<RegionResource>()
        .AddSingleton<RunningResource>();

    /// <summary>Does nothing where <c>Administration</c> isn't written, or is wrong: then it stays closed.</summary>
    public static void UseAdministration(this IApplicationBuilder app)
    {
        if (SettingsOf(app.ApplicationServices, null, new ProblemList()) is not { } settings) return;
        var administration = ActivatorUtilities.CreateInstance<AdministrationEntry>(app.ApplicationServices, settings);
        app.Use(administration.InvokeAsync);
    }

    /// <summary>What is wrong with the settings.</summary>
    /// <param name="document">Where they may stand; for the problems' places.</param>
    public static IReadOnlyCollection<Problem> CheckAdministration(this IServiceProvider services, ObjectNode? document)
    {
        var problems = new ProblemList();
        var schemes = services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Schemes;
        SettingsOf(services, document, problems)?.CheckScheme([.. schemes.Select(s => s.Name)], document, problems);
        return problems;
    }

    // What the program itself says counts.
    private static AdministrationSettings? SettingsOf(IServiceProvider services, ObjectNode? document, ProblemList problems) =>
        services.GetService<AdministrationSettings>() ?? AdministrationSettings.Read(services.GetRequiredService<IConfiguration>(), document, problems);
}
