using System.Collections.Frozen;
using Gateway.Pipeline;

namespace Gateway.Forwarding;

/// <summary>What a route changes about the heads of its services' answers.</summary>
/// <param name="Owned">Names of fields that the gateway sets itself, so that the service's are dropped; in any case.</param>
internal sealed record AnswerChanges(FrozenSet<string> Owned, IReadOnlyList<IResponseTransform> Transforms)
{
    public static AnswerChanges Of(RouteBuilder route) =>
        new(route.OwnedResponseHeaders.ToFrozenSet(StringComparer.OrdinalIgnoreCase), route.ResponseTransforms);
}
