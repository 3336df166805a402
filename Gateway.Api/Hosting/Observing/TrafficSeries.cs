using Gateway.Pipeline;

namespace Gateway.Hosting.Observing;

/// <summary>What the whole gateway has served over the last ten minutes, in pieces of two seconds, for the page's charts. Thread-safe.</summary>
internal sealed class TrafficSeries(TimeProvider time)
{
    public const int Pieces = 300;
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    private readonly Piece[] _ring = [.. Enumerable.Range(0, Pieces).Select(_ => new Piece())];
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _turning = new();
    private int _active;

    /// <summary>Requests under way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>The number of the piece that is being filled, counted from the start.</summary>
    public long Now => (long)(time.GetElapsedTime(_start) / Length);

    public void Enter() => Interlocked.Increment(ref _active);

    /// <param name="hasLatency">False for what lasts as long as the client likes, such as a WebSocket.</param>
    public void Leave(int status, TimeSpan elapsed, bool hasLatency)
    {
        Interlocked.Decrement(ref _active);
        var piece = Turn(Now);
        Interlocked.Increment(ref piece.Counts[Math.Clamp(status / 100, 1, 5)]);
        if (hasLatency) piece.Latencies.Note(elapsed);
    }

    /// <summary>The pieces that are complete, oldest first; those in which nothing happened are null.</summary>
    public IReadOnlyList<Piece?> Complete()
    {
        var now = Now;
        var first = Math.Max(0, now - Pieces + 1);
        var pieces = new List<Piece?>(Pieces);
        for (var number = first; number < now; number++)
        {
            var piece = _ring[number % Pieces];
            pieces.Add(Volatile.Read(ref piece.Number) == number ? piece : null);
        }
        return pieces;
    }

    private Piece Turn(long number)
    {
        var piece = _ring[number % Pieces];
        if (Volatile.Read(ref piece.Number) >= number) return piece;
        lock (_turning)
        {
            if (piece.Number >= number) return piece;
            Array.Clear(piece.Counts);
            piece.Latencies.Clear();
            Volatile.Write(ref piece.Number, number);
        }
        return piece;
    }

    /// <summary>Two seconds.</summary>
    internal sealed class Piece
    {
        public long Number = -1;

        /// <summary>Requests by the first digit of their status.</summary>
        public int[] Counts { get; } = new int[6];

        public LatencyHistogram Latencies { get; } = new();
    }
}
