using System.Collections.Concurrent;

namespace Gateway.Features.Caching;

/// <summary>Which answers are being fetched, so that requests for the same one wait for it instead of asking the service too.</summary>
internal sealed class Flights
{
    private readonly ConcurrentDictionary<string, Flight> _underWay = new();

    /// <returns>A flight to end, whatever happens, or null while another request fetches the answer: <paramref name="other"/>.</returns>
    public Flight? Begin(string key, out Flight other)
    {
        var flight = new Flight(f => _underWay.TryRemove(new(key, f)));
        other = _underWay.GetOrAdd(key, flight);
        return ReferenceEquals(other, flight) ? flight : null;
    }
}

/// <summary>One answer on its way.</summary>
internal sealed class Flight(Action<Flight> ended)
{
    // A body that takes longer is slow, or as slow as the client that reads it: whoever waits had better ask for itself.
    private static readonly TimeSpan PatienceWithBody = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The head of the answer is there, and it may be kept.</summary>
    public void HasHead() => _head.TrySetResult();

    /// <param name="isKept">Whether the answer is in the store now.</param>
    public void End(bool isKept)
    {
        ended(this);
        _end.TrySetResult(isKept);
        _head.TrySetResult();
    }

    /// <returns>Whether the answer is in the store; false where it is not, or takes too long.</returns>
    public async Task<bool> WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await _head.Task.WaitAsync(cancellationToken);
        try
        {
            return await _end.Task.WaitAsync(PatienceWithBody, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
