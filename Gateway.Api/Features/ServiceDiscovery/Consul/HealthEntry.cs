using System.Text.Json.Serialization;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>What the gateway reads of one entry of <c>/v1/health/service</c>.</summary>
internal sealed record HealthEntry(HealthNode? Node, HealthService? Service);

/// <inheritdoc cref="HealthEntry"/>
internal sealed record HealthNode(string? Node, string? Address);

/// <inheritdoc cref="HealthEntry"/>
/// <param name="Address">Empty where the service uses its node's address.</param>
internal sealed record HealthService([property: JsonPropertyName("ID")] string? Id, string? Address, int Port, IReadOnlyList<string>? Tags);

[JsonSerializable(typeof(List<HealthEntry>))]
internal sealed partial class ConsulJson : JsonSerializerContext;
