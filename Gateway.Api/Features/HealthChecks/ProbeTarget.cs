using Gateway.Pipeline;

namespace Gateway.Features.HealthChecks;

/// <summary>What is asked of every host.</summary>
/// <param name="Path">Null: a connection is enough.</param>
/// <param name="Transport">How the route itself connects: the certificates it trusts and shows.</param>
internal sealed record ProbeTarget(string Scheme, string? Path, TransportOptions Transport);
