using Gateway.Pipeline;

namespace Gateway.Runtime;

/// <summary>What a route's pipeline was put together from.</summary>
/// <param name="Steps">In the order in which they see a request.</param>
/// <param name="Source">Where its destinations come from; null where it answers by itself: an aggregate.</param>
/// <param name="Scheme">The scheme it sends with; null: the instance's, else the request's.</param>
/// <param name="Method">The verb it sends; null: the client's.</param>
internal sealed record RouteParts(IReadOnlyList<IRouteStep> Steps, IDestinationSource? Source, string? Scheme, string? Method)
{
    /// <summary>Whether the route's circuit keeps calls away at this moment; null where it has none.</summary>
    public Func<bool>? IsCircuitOpen { get; init; }

    /// <summary>The steps as people read them.</summary>
    public IEnumerable<string> StepNames => Steps.Select(s => s.GetType().Name).Select(n => n.EndsWith("Step", StringComparison.Ordinal) ? n[..^4] : n);
}
