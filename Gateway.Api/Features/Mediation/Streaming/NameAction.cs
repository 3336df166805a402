namespace Gateway.Features.Mediation.Streaming;

/// <summary>What happens to a member whose name arrives.</summary>
internal enum NameAction
{
    /// <summary>The name passes on, and its value decides for itself.</summary>
    Pass,

    /// <summary>Another name has been passed on in its place; the value decides for itself.</summary>
    Replaced,

    /// <summary>Name and value are left out.</summary>
    Drop,

    /// <summary>The name waits: whether it passes depends on the value.</summary>
    Hold,
}
