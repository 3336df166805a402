namespace Gateway.Pipeline;

/// <summary>Makes a delegating handler for one route; its inner handler is set by the gateway.</summary>
internal delegate DelegatingHandler HandlerFactory(IServiceProvider services);

/// <summary>How a delegating handler finds the exchange that its request belongs to.</summary>
internal static class HandlerContext
{
    private static readonly HttpRequestOptionsKey<Exchange> Key = new("Gateway.Exchange");

    private static readonly HttpRequestOptionsKey<bool> Another = new("Gateway.AnotherDestination");

    /// <summary>The exchange of a request that the gateway sends.</summary>
    /// <exception cref="InvalidOperationException">The request didn't come through the gateway.</exception>
    public static Exchange Exchange(this HttpRequestMessage request) =>
        request.Options.TryGetValue(Key, out var exchange) ? exchange : throw new InvalidOperationException("The request belongs to no exchange.");

    /// <summary>Asks that the request, which is about to be sent again, go to another destination than before, if there is one.</summary>
    public static void PreferAnotherDestination(this HttpRequestMessage request) => request.Options.Set(Another, true);

    /// <summary>Whether <see cref="PreferAnotherDestination"/> was asked since the last call.</summary>
    public static bool TakesAnotherDestination(this HttpRequestMessage request) => ((IDictionary<string, object?>)request.Options).Remove(Another.Key);

    public static void Attach(this HttpRequestMessage request, Exchange exchange) => request.Options.Set(Key, exchange);
}
