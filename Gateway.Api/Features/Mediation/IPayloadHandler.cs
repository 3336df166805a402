using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation;

/// <summary>
/// A step written in C#, for what the language can't say. Registered in DI; a plan names it with <c>Handler</c>. One instance serves all
/// bodies at once.
/// </summary>
internal interface IPayloadHandler
{
    /// <summary>The name in plans.</summary>
    string Name { get; }

    /// <summary>The body that takes the place of <paramref name="json"/>, as JSON in UTF-8.</summary>
    /// <param name="json">The body as the steps before left it.</param>
    /// <param name="execution">The exchange, and what may be changed besides the body.</param>
    /// <exception cref="MediationFailure">The body is refused.</exception>
    ValueTask<ReadOnlyMemory<byte>> HandleAsync(ReadOnlyMemory<byte> json, Execution execution);
}
