using Gateway.Configuration;

namespace Gateway.Pipeline;

/// <summary>A route as a part of something else: an aggregate calls it whatever its own upstream keys say.</summary>
/// <param name="Key">The route's <c>Key</c>.</param>
/// <param name="Section">The route's entry, for problems that belong there.</param>
/// <param name="Compile">Makes the route's pipeline for whoever gives its placeholders these names; null after a problem with the route.</param>
internal sealed record MemberRoute(string Key, RouteSection Section, Func<IReadOnlySet<string>, MemberPipeline?> Compile);

/// <summary>A member's pipeline.</summary>
/// <param name="Unresolved">Placeholders of its <c>DownstreamPathTemplate</c> that nothing gives a value; where there are any, it can't be called.</param>
/// <param name="Names">All placeholders of its <c>DownstreamPathTemplate</c>.</param>
/// <param name="Route">The route; null while something is unresolved.</param>
/// <param name="InvokeAsync">All its steps and the forwarder; null while something is unresolved.</param>
internal sealed record MemberPipeline(
    IReadOnlyList<string> Unresolved, IReadOnlyList<string> Names, Route? Route = null, RouteDelegate? InvokeAsync = null);
