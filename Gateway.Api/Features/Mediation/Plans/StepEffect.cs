using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>What a step does to the shape of a body, as far as the plan alone tells.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Path">Where.</param>
internal sealed record StepEffect(EffectKind Kind, JsonPath Path)
{
    /// <summary>Where the value goes, for what moves it.</summary>
    public JsonPath? To { get; init; }

    /// <summary>The style that names are given.</summary>
    public NameStyle? Style { get; init; }

    /// <summary>What the step is called where only its inverse matters: a list of conversions.</summary>
    public string Means { get; init; } = "";

    /// <summary>What would take the step back, said in the same way; empty for nothing.</summary>
    public string Inverse { get; init; } = "";

    public static IReadOnlyList<StepEffect> All(EffectKind kind, IEnumerable<JsonPath> paths) => [.. paths.Select(p => new StepEffect(kind, p))];
}
