namespace Gateway.Features.QualityOfService;

/// <summary>Decides from the calls of a closed circuit when it opens. Not thread-safe: the circuit asks one at a time.</summary>
internal interface IFailureCount
{
    /// <returns>Whether this call, a failure, is one too many.</returns>
    bool Add(bool failed, TimeSpan now);

    void Reset();
}
