using Gateway.Configuration;

namespace Gateway.Features.Mediation.Plans;

/// <summary>One way of mediating a side, and for which exchanges it is meant.</summary>
internal sealed record PlanVariant
{
    /// <summary>Null: for all.</summary>
    public When? When { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Types of request bodies that are taken; null for JSON, or the type that Format reads.</summary>
    public IReadOnlyList<MediaRange>? Accept { get; init; }

    /// <summary>Types of answers that may pass around steps that hide something.</summary>
    public IReadOnlyList<MediaRange> AllowOtherTypes { get; init; } = [];

    /// <summary>The cap of decoded bytes; null for the side's default.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether an answer that can't be mediated passes as it is.</summary>
    public bool PassThroughOnError { get; init; }

    /// <summary>The variant's own tests, still to be compiled.</summary>
    public ArrayNode? Examples { get; init; }

    /// <summary>Where the variant stands in the document.</summary>
    public required PlanScope Scope { get; init; }
}
