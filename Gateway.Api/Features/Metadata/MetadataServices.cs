namespace Gateway.Features.Metadata;

internal static class MetadataServices
{
    public static IServiceCollection AddMetadata(this IServiceCollection services) => services.AddSingleton<MetadataFeature>();
}
