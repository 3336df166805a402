namespace Gateway.Features.Headers;

/// <summary>Registration of header transforms and of what their placeholders stand for.</summary>
public static class HeadersServices
{
    internal static IServiceCollection AddHeaders(this IServiceCollection services) => services
        .AddSingleton<Placeholders>()
        .AddSingleton<HeadersFeature>();

    /// <summary>
    /// Lets <c>{Some:Key}</c> in header transforms stand for that key of the host's configuration, as it is when routes are loaded.
    /// </summary>
    public static IServiceCollection AddConfigPlaceholders(this IServiceCollection services) =>
        services.AddSingleton<ConfigPlaceholders>();

    /// <summary>Adds a placeholder of header transforms.</summary>
    /// <param name="name">With its braces: <c>{Stage}</c>.</param>
    /// <param name="value">Asked for each request, and in find-and-replace when routes are loaded; null means no value.</param>
    public static IServiceCollection AddPlaceholder(this IServiceCollection services, string name, Func<string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (name is not ['{', _, .., '}']) throw new ArgumentException("A placeholder's name stands in braces: {Name}.", nameof(name));
        return services.AddSingleton(new CustomPlaceholder(name, value));
    }
}
