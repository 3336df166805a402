using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// Which destination each session went to. A session that wasn't asked for in <paramref name="expiry"/> is forgotten. Sessions are kept as
/// hashes: no secret stays in memory, and a client that sends long or many values can't fill it. Thread-safe.
/// </summary>
internal sealed class StickySessions(TimeSpan expiry, TimeProvider time, int capacity = 100_000)
{
    private readonly ConcurrentDictionary<UInt128, Session> _sessions = new();
    private readonly Lock _sweeping = new();
    private long _nextSweep = time.GetTimestamp();
    private int _count;

    /// <summary>How many sessions are kept, expired ones that nobody has swept yet included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What stands for a session wherever something is kept of it.</summary>
    public static UInt128 Hash(ReadOnlySpan<char> session)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(session), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    /// <returns>Where the session went last, or null; finding it makes it young again.</returns>
    public SessionPlace? Find(ReadOnlySpan<char> session)
    {
        if (!_sessions.TryGetValue(Hash(session), out var found) || IsExpired(found)) return null;
        found.LastSeen = time.GetTimestamp();
        return found.Place;
    }

    public void Remember(ReadOnlySpan<char> session, SessionPlace place)
    {
        SweepIfDue();
        var hash = Hash(session);
        var entry = new Session(place, time.GetTimestamp());
        if (_sessions.TryAdd(hash, entry)) Interlocked.Increment(ref _count);
        else _sessions[hash] = entry;
    }

    private bool IsExpired(Session session) => time.GetElapsedTime(session.LastSeen) >= expiry;

    /// <summary>Whoever adds a session sweeps the table once in an expiry, or when it is full; nobody waits for a sweep.</summary>
    private void SweepIfDue()
    {
        var isFull = Count >= capacity;
        if (!isFull && time.GetTimestamp() < Volatile.Read(ref _nextSweep)) return;
        if (!_sweeping.TryEnter()) return;
        try
        {
            Volatile.Write(ref _nextSweep, time.GetTimestamp() + (long)(expiry.TotalSeconds * time.TimestampFrequency));
            foreach (var (hash, session) in _sessions)
                if (IsExpired(session)) Forget(hash);
            if (Count >= capacity) ForgetOldest(capacity / 10);
        }
        finally
        {
            _sweeping.Exit();
        }
    }

    private void ForgetOldest(int count)
    {
        foreach (var (hash, _) in _sessions.OrderBy(s => s.Value.LastSeen).Take(Math.Max(count, 1)).ToList()) Forget(hash);
    }

    private void Forget(UInt128 hash)
    {
        if (_sessions.TryRemove(hash, out _)) Interlocked.Decrement(ref _count);
    }

    private sealed class Session(SessionPlace place, long now)
    {
        private long _lastSeen = now;

        public SessionPlace Place { get; } = place;

        public long LastSeen
        {
            get => Volatile.Read(ref _lastSeen);
            set => Volatile.Write(ref _lastSeen, value);
        }
    }
}
