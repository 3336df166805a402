using System.Collections.Concurrent;

namespace Gateway.Forwarding;

/// <summary>
/// The time until an answer's head must be there (contract 01 §4.1): it ends a request that waits longer, and is called off when the head
/// has come, since a body may stream for as long as it likes.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    public CancellationToken Token => _source.Token;

    public bool HasPassed => _source.IsCancellationRequested;

    public void Start(TimeSpan timeout) => _source.CancelAfter(timeout);

    public void CallOff() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => _source.Dispose();

    private bool TryReset() => _source.TryReset();

    /// <summary>Keeps deadlines for use again: one is needed for every request, and seldom passes.</summary>
    internal sealed class Pool
    {
        private const int Kept = 1024;
        private readonly ConcurrentQueue<Deadline> _free = new();

        public Rented Rent() => new(_free.TryDequeue(out var deadline) ? deadline : new Deadline(), this);

        private void Return(Deadline deadline)
        {
            if (_free.Count < Kept && deadline.TryReset()) _free.Enqueue(deadline);
            else deadline.Dispose();
        }

        /// <summary>A deadline on loan.</summary>
        internal readonly struct Rented(Deadline deadline, Pool pool) : IDisposable
        {
            public Deadline Value { get; } = deadline;

            public void Dispose() => pool.Return(Value);
        }
    }
}
