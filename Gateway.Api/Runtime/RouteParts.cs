using Gateway.Pipeline;

namespace Gateway.Runtime;

/// <summary>What a route's pipeline was put together from.</summary>
/// <param name="Steps">In the order in which they see a request.</param>
/// <param name="Source">Where its destinations come from; null where it answers by itself: an aggregate.</param>
/// <param name="Scheme">The scheme it sends with; null: the instance's, else the request's.</param>
/// <param name="Method">The verb it sends; null: the client's.</param>
internal sealed record RouteParts(IReadOnlyList<IRouteStep> Steps, IDestinationSource? Source, string? Scheme, string? Method);
