using Microsoft.AspNetCore.Authentication;
using PlatformOptions = Microsoft.AspNetCore.Authentication.AuthenticationOptions;

namespace Gateway.Features.Authentication;

/// <summary>
/// Registers declared schemes behind those that the program registers, and gives way to them: a program that hosts the gateway may register a
/// scheme itself and leave its options to the same section.
/// </summary>
internal sealed class DeclaringBuilder(IServiceCollection services) : AuthenticationBuilder(services)
{
    public override AuthenticationBuilder AddScheme<TOptions, THandler>(string authenticationScheme, Action<TOptions>? configureOptions) =>
        AddScheme<TOptions, THandler>(authenticationScheme, displayName: null, configureOptions);

    public override AuthenticationBuilder AddScheme<TOptions, THandler>(
        string authenticationScheme, string? displayName, Action<TOptions>? configureOptions)
    {
        Services.PostConfigure<PlatformOptions>(platform =>
        {
            if (!platform.SchemeMap.ContainsKey(authenticationScheme)) platform.AddScheme<THandler>(authenticationScheme, displayName);
        });
        if (configureOptions is not null) Services.Configure(authenticationScheme, configureOptions);
        Services.AddTransient<THandler>();
        return this;
    }
}
