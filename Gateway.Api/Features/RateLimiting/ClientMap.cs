using System.Runtime.InteropServices;

namespace Gateway.Features.RateLimiting;

/// <summary>Counts one request in a client's state, which is the default value for a client not seen before.</summary>
internal delegate Admission CountRequest<T>(ref T state, TimeSpan now) where T : struct;

/// <summary>
/// A state for each client, forgotten some time after its last request. Thread-safe, without timers: states stand in a young and an old
/// generation; whoever is seen moves to the young one, and from time to time the old one is dropped whole. A shard that is full turns its
/// generations early, so that memory stays bounded however many clients there are: those not seen for longest are forgotten first.
/// </summary>
/// <param name="lifetime">States live at least that long after their last use, while there is room.</param>
internal sealed class ClientMap<T>(TimeSpan lifetime, TimeProvider time, int capacity = ClientMap<T>.DefaultCapacity) where T : struct
{
    // Two generations of so many, at some 150 bytes each: 40 MB for a route at worst.
    private const int DefaultCapacity = 1 << 17;

    // Enough that requests seldom meet in one; a power of two.
    private const int Shards = 32;

    private readonly long _start = time.GetTimestamp();

    // Made as clients come: most of ten thousand routes are never asked by enough of them to need all.
    private readonly Shard?[] _shards = new Shard?[Shards];

    /// <summary>How many states are kept.</summary>
    public int Count => _shards.Sum(s => s?.Count ?? 0);

    public Admission Update(Client client, CountRequest<T> count)
    {
        ref var place = ref _shards[client.GetHashCode() & (Shards - 1)];
        var shard = Volatile.Read(ref place) ?? Interlocked.CompareExchange(ref place, new Shard(), null) ?? place;
        lock (shard.Lock)
        {
            var now = time.GetElapsedTime(_start);
            shard.Turn(now, lifetime, capacity / Shards);
            return count(ref shard.Find(client), now);
        }
    }

    private sealed class Shard
    {
        private Dictionary<Client, T> _young = [];
        private Dictionary<Client, T> _old = [];
        private TimeSpan _turnedAt;

        public Lock Lock { get; } = new();

        public int Count
        {
            get
            {
                lock (Lock) return _young.Count + _old.Count;
            }
        }

        public void Turn(TimeSpan now, TimeSpan lifetime, int capacity)
        {
            var age = now - _turnedAt;
            if (age < lifetime && _young.Count < capacity) return;
            _old = age < lifetime + lifetime ? _young : [];
            _young = [];
            _turnedAt = now;
        }

        public ref T Find(Client client)
        {
            ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_young, client, out var isYoung);
            if (!isYoung && _old.Remove(client, out var kept)) state = kept;
            return ref state;
        }
    }
}
