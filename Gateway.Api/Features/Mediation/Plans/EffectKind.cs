namespace Gateway.Features.Mediation.Plans;

/// <summary>What a step does with the value at a path.</summary>
internal enum EffectKind
{
    /// <summary>Changes it where it is; does nothing where there is none.</summary>
    Changes,

    /// <summary>Keeps it, and drops all that no such effect of the step keeps.</summary>
    Keeps,

    /// <summary>Takes it away.</summary>
    Drops,

    /// <summary>Takes it to another place.</summary>
    Moves,

    /// <summary>Writes it to another place, too.</summary>
    Copies,

    /// <summary>Writes it, whether or not it was there.</summary>
    Writes,

    /// <summary>Puts the body under this name.</summary>
    Wraps,

    /// <summary>Makes it the body.</summary>
    Unwraps,

    /// <summary>Writes the names below it in another style.</summary>
    Restyles,
}
