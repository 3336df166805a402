namespace Gateway.Pipeline;

/// <summary>
/// What a refusal's body says beyond the members that all have: a request feature that is set before the refusal, for the client's eyes.
/// </summary>
internal sealed record RefusalMembers
{
    /// <summary>Members that are texts, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Texts { get; init; } = [];

    /// <summary>What is wrong with the request, place by place (RFC 9457 section 3, <c>errors</c>).</summary>
    public IReadOnlyList<(string Pointer, string Detail)> Errors { get; init; } = [];
}
