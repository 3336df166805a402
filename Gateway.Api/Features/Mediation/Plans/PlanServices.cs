namespace Gateway.Features.Mediation.Plans;

/// <summary>What plans take from their surroundings.</summary>
internal sealed class PlanServices
{
    /// <summary>The key of hashes that mask values (A21).</summary>
    public required byte[] HashKey { get; init; }

    /// <summary>The handlers that plans may name.</summary>
    public IReadOnlyList<IPayloadHandler> Handlers { get; init; } = [];
}
