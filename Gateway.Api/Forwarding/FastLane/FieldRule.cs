namespace Gateway.Forwarding.FastLane;

/// <summary>What happens to a field of a message by its name alone.</summary>
internal enum FieldRule
{
    /// <summary>It goes on.</summary>
    Passes,

    /// <summary>It is about one connection or one framing, and never goes on (RFC 9110 §7.6.1).</summary>
    OfConnection,

    /// <summary>The gateway writes it by itself into every request.</summary>
    Ours,

    /// <summary>It tells of a body, and goes with no request that has none (contract 03 §2.1).</summary>
    OfBody,

    /// <summary>It goes with answers only (contract 03 §2.1).</summary>
    OfAnswer,
}
