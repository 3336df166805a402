namespace Gateway.Features.Mediation.Plans;

/// <summary>One side of a plan or profile: the first variant that fits runs; when none fits, the body stays as it is.</summary>
internal sealed class PlanSide(IReadOnlyList<PlanVariant> variants)
{
    public static readonly PlanSide Empty = new([]);

    public IReadOnlyList<PlanVariant> Variants { get; } = variants;

    /// <summary>Whether there is nothing to choose: no variant, or one that is meant for all.</summary>
    public bool IsFixed => Variants.Count == 0 || (Variants.Count == 1 && Variants[0].When is null);

    /// <returns>The place of the first variant that fits, or -1.</returns>
    public int Choose(IMediationContext context)
    {
        for (var i = 0; i < Variants.Count; i++)
            if (Variants[i].When?.Fits(context) ?? true) return i;
        return -1;
    }
}
