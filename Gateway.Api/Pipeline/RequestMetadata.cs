namespace Gateway.Pipeline;

/// <summary>How a delegating handler reads the metadata of the route that its request came by.</summary>
public static class RequestMetadata
{
    /// <summary>The route's metadata.</summary>
    /// <exception cref="InvalidOperationException">The request didn't come through the gateway.</exception>
    public static RouteMetadata Metadata(this HttpRequestMessage request) => request.Exchange().Route.Metadata;

    /// <inheritdoc cref="RouteMetadata.Get{T}"/>
    public static T? GetMetadata<T>(this HttpRequestMessage request, string key, T? fallback = default) =>
        request.Metadata().Get(key, fallback);
}
