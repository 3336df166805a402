namespace Gateway.Features.HealthChecks;

/// <summary>What is asked of every host.</summary>
/// <param name="Path">Null: a connection is enough.</param>
/// <param name="AcceptAnyCertificate">As for the route's own connections.</param>
internal sealed record ProbeTarget(string Scheme, string? Path, bool AcceptAnyCertificate);
