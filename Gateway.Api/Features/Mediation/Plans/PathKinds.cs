namespace Gateway.Features.Mediation.Plans;

/// <summary>Which paths an operator takes at some place.</summary>
[Flags]
internal enum PathKinds
{
    /// <summary>Member names only.</summary>
    Names = 0,

    /// <summary>Also <c>$</c>.</summary>
    Root = 1,

    /// <summary>Also <c>[0]</c> and <c>[-1]</c>.</summary>
    Indexes = 2,

    /// <summary>Also <c>[*]</c>.</summary>
    Every = 4,

    /// <summary>Also <c>..name</c>.</summary>
    AnyDepth = 8,

    /// <summary>What matches one value.</summary>
    One = Root | Indexes,

    /// <summary>What may match several values.</summary>
    Many = Root | Indexes | Every,
}
