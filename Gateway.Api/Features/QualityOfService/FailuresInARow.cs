namespace Gateway.Features.QualityOfService;

/// <summary>So many failures without a success between them.</summary>
internal sealed class FailuresInARow(int limit) : IFailureCount
{
    private int _count;

    public bool Add(bool failed, TimeSpan now)
    {
        _count = failed ? _count + 1 : 0;
        return _count >= limit;
    }

    public void Reset() => _count = 0;
}
