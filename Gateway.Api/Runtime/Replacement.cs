using Gateway.Configuration;

namespace Gateway.Runtime;

/// <summary>What became of a document that was to replace the written one.</summary>
internal enum ReplacementOutcome
{
    /// <summary>It is written and in use.</summary>
    InUse,

    /// <summary>It has errors; nothing has changed.</summary>
    Refused,

    /// <summary>Somebody else has replaced the written one before; nothing has changed.</summary>
    Outdated,

    /// <summary>It is written, but something that it depends on has changed at the same moment; the one in use stays.</summary>
    NotInUse,
}

/// <param name="Problems">Warnings too.</param>
internal sealed record Replacement(ReplacementOutcome Outcome, IReadOnlyCollection<Problem> Problems);
