namespace Gateway.Features.Mediation.Streaming;

/// <summary>What happens to a value that begins.</summary>
internal enum ValueAction
{
    /// <summary>It passes on; when it is an object or array, what is in it is looked at one by one.</summary>
    Descend,

    /// <summary>It passes on whole.</summary>
    Pass,

    /// <summary>It is left out whole, or something else has been passed on in its place.</summary>
    Drop,

    /// <summary>It goes whole to the sink that the step named (<see cref="PathTransformer.Divert"/>).</summary>
    Divert,
}
