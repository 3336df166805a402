namespace Gateway.Pipeline;

/// <summary>
/// How a delegating handler, which can only answer or throw, makes the gateway refuse: an open circuit, a body that can't be mediated.
/// Never thrown by steps; they call <see cref="Exchange.RefuseAsync"/>.
/// </summary>
internal sealed class RefusalException(Refusal refusal, string? detail = null, Exception? inner = null) : Exception(refusal.Title, inner)
{
    public Refusal Refusal { get; } = refusal;

    /// <summary>A sentence about this one case, for the client's eyes; may be null.</summary>
    public string? Detail { get; } = detail;
}
