namespace Gateway.Features.HealthChecks;

/// <summary>What the checks of one destination have come to. Innocent until proved guilty. Used by one check at a time.</summary>
internal sealed class HostHealth
{
    private int _inARow;

    public bool IsHealthy { get; private set; } = true;

    /// <summary>What was wrong at the last check; null when nothing was.</summary>
    public string? Fault { get; private set; }

    /// <returns>Whether <see cref="IsHealthy"/> has changed.</returns>
    public bool Note(string? fault, HealthRules rules)
    {
        Fault = fault;
        var agrees = (fault is null) == IsHealthy;
        _inARow = agrees ? 0 : _inARow + 1;
        if (_inARow < (IsHealthy ? rules.Unhealthy : rules.Healthy)) return false;

        (IsHealthy, _inARow) = (!IsHealthy, 0);
        return true;
    }
}
