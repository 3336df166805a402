namespace Gateway.Features.Mediation;

/// <summary>Why a body can't be mediated. Each kind has one status on each side (design §3, A35).</summary>
internal enum MediationFault
{
    /// <summary>Not JSON, XML or whatever the plan takes; truncated, not UTF-8, a name twice in a request: 400 on a request.</summary>
    Malformed,

    /// <summary>More decoded bytes than the plan's cap, or compressed beyond the ratio cap: 413 on a request.</summary>
    TooLarge,

    /// <summary>A type of body, or a way of encoding it, that the plan doesn't take: 415 on a request.</summary>
    WrongType,

    /// <summary>A body that a step of the plan can't treat: 422 on a request.</summary>
    Unprocessable,
}
