namespace Gateway.Pipeline;

/// <summary>Makes a delegating handler for one route; its inner handler is set by the gateway.</summary>
internal delegate DelegatingHandler HandlerFactory(IServiceProvider services);

/// <summary>How a delegating handler finds the exchange that its request belongs to.</summary>
internal static class HandlerContext
{
    private static readonly HttpRequestOptionsKey<Exchange> Key = new("Gateway.Exchange");

    /// <summary>The exchange of a request that the gateway sends.</summary>
    /// <exception cref="InvalidOperationException">The request didn't come through the gateway.</exception>
    public static Exchange Exchange(this HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var exchange) ? exchange : throw new InvalidOperationException("The request belongs to no exchange.");

    public static void Attach(this HttpRequestMessage request, Exchange exchange) => request.Options.Set(Key, exchange);
}
