namespace Gateway.Features.QualityOfService;

/// <summary>What a call showed about the service.</summary>
internal enum CallOutcome
{
    /// <summary>Nothing: the client left, or spoilt its own request.</summary>
    Unknown,
    Success,
    Failure,
}

/// <summary>What the end of a call did to a circuit.</summary>
internal enum CircuitChange
{
    None,
    Opened,
    Closed,
}

/// <summary>Lets one call in; given back with its outcome. Belongs to the state the circuit was in then.</summary>
internal readonly record struct CircuitPass(long Epoch);

/// <summary>
/// Keeps calls away from a service that fails (contract 06 §2.3). Closed: calls pass and are counted. Open: none passes for a while. Then one
/// probe passes, alone: its success closes the circuit, its failure opens it again, and if it shows nothing the next call is the probe. What a
/// call shows counts only for the state it began in: the late end of an old call neither closes an open circuit nor opens a closed one.
/// Thread-safe.
/// </summary>
internal sealed class Circuit(IFailureCount failures, TimeSpan breakDuration, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private State _state;
    private TimeSpan _openUntil;
    private long _epoch;

    private enum State
    {
        Closed,
        Open,
        Probing,
    }

    public bool IsOpen
    {
        get
        {
            lock (_lock) return _state != State.Closed;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <param name="wait">When refused: the time until a probe may pass, or nothing while one is under way.</param>
    public bool TryEnter(out CircuitPass pass, out TimeSpan wait)
    {
        lock (_lock)
        {
            wait = _state == State.Open ? _openUntil - Now : TimeSpan.Zero;
            if (wait <= TimeSpan.Zero && _state == State.Open) (_state, _epoch) = (State.Probing, _epoch + 1);
            else if (_state != State.Closed)
            {
                pass = default;
                return false;
            }
            pass = new CircuitPass(_epoch);
            return true;
        }
    }

    public CircuitChange Leave(CircuitPass pass, CallOutcome outcome)
    {
        lock (_lock)
        {
            if (pass.Epoch != _epoch) return CircuitChange.None;
            return (_state, outcome) switch
            {
                (State.Closed, CallOutcome.Unknown) => CircuitChange.None,
                (State.Closed, _) => failures.Add(outcome == CallOutcome.Failure, Now) ? Open(Now + breakDuration) : CircuitChange.None,
                (State.Probing, CallOutcome.Success) => Close(),
                (State.Probing, CallOutcome.Failure) => Open(Now + breakDuration),
                _ => Open(Now),
            };
        }
    }

    private CircuitChange Open(TimeSpan until)
    {
        var change = _state == State.Closed ? CircuitChange.Opened : CircuitChange.None;
        (_state, _openUntil, _epoch) = (State.Open, until, _epoch + 1);
        failures.Reset();
        return change;
    }

    private CircuitChange Close()
    {
        (_state, _epoch) = (State.Closed, _epoch + 1);
        return CircuitChange.Closed;
    }
}
