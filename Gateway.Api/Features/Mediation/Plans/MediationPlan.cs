using System.Collections.Concurrent;
using System.Globalization;

namespace Gateway.Features.Mediation.Plans;

/// <summary>
/// A compiled <c>Mediation</c> section with the profiles that it uses. Immutable but for what it remembers of choices made; serves many
/// exchanges at once.
/// </summary>
internal sealed class MediationPlan(IReadOnlyList<PlanSide> requests, IReadOnlyList<PlanSide> responses, PlanReads reads, string hash)
{
    private readonly ConcurrentDictionary<string, MediationProgram?> _programs = new(StringComparer.Ordinal);

    /// <summary>What of the exchange the plan reads.</summary>
    public PlanReads Reads { get; } = reads;

    /// <summary>Another plan has another hash; 16 hexadecimal digits.</summary>
    public string Hash { get; } = hash;

    /// <summary>The profiles' sides in the order of <c>Use</c>, then the plan's own.</summary>
    public IReadOnlyList<PlanSide> Layers(MediationSide side) => side == MediationSide.Request ? requests : responses;

    /// <summary>What is to be done with a body of this exchange; null when none of the variants fits and the body stays as it is.</summary>
    public MediationProgram? Choose(MediationSide side, IMediationContext context)
    {
        var layers = Layers(side);
        Span<int> choice = stackalloc int[layers.Count];
        for (var i = 0; i < layers.Count; i++) choice[i] = layers[i].Choose(context);
        return Program(side, choice);
    }

    /// <summary>What each combination of variants does; the number of combinations is the product of the variants of each layer.</summary>
    public MediationProgram? Program(MediationSide side, ReadOnlySpan<int> choice)
    {
        var layers = Layers(side);
        var key = side == MediationSide.Request ? "<" : ">";
        foreach (var variant in choice) key = string.Create(CultureInfo.InvariantCulture, $"{key}{variant},");
        if (_programs.TryGetValue(key, out var known)) return known;

        var chosen = new List<PlanVariant>();
        for (var i = 0; i < layers.Count; i++)
            if (choice[i] >= 0) chosen.Add(layers[i].Variants[choice[i]]);
        return _programs.GetOrAdd(key, chosen.Count == 0 ? null : new MediationProgram(side, chosen));
    }
}
