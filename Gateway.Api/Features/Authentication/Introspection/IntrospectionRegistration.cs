using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>Registers what every introspection scheme needs.</summary>
internal static class IntrospectionRegistration
{
    public static void AddIntrospector(this IServiceCollection services) =>
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<IntrospectionOptions>, IntrospectorSetup>());
}
