using Gateway.Features.Aggregates.JsonPaths;

namespace Gateway.Features.Aggregates;

/// <summary>How a member depends on the first one's answer.</summary>
/// <param name="Path">Selects the values in that answer.</param>
/// <param name="Parameter">The placeholder that gets each of them.</param>
/// <param name="Index">Its place in <c>RouteKeysConfig</c>.</param>
internal sealed record DependentMember(JsonPath Path, string Parameter, int Index);
