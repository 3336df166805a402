using System.Numerics;

namespace Gateway.Pipeline;

/// <summary>
/// Counts how long things took, in steps that grow with the time: four to each doubling, from 64 µs to about a minute, so that a percentile is
/// right to within a fifth. Thread-safe; noting takes no lock and no memory.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int FirstDoubling = 6;
    private const int PerDoubling = 4;
    private const int Steps = 21 * PerDoubling;

    private readonly long[] _counts = new long[Steps];

    public void Note(TimeSpan elapsed) => Interlocked.Increment(ref _counts[StepOf((long)elapsed.TotalMicroseconds)]);

    /// <summary>Adds another's counts.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Steps; i++) _counts[i] += Volatile.Read(ref other._counts[i]);
    }

    public void Clear() => Array.Clear(_counts);

    /// <summary>The time, in milliseconds, that a share of all took at most; null where there is nothing.</summary>
    public double? Percentile(double share)
    {
        var total = 0L;
        for (var i = 0; i < Steps; i++) total += Volatile.Read(ref _counts[i]);
        if (total == 0) return null;

        var wanted = (long)Math.Ceiling(total * share);
        var step = 0;
        for (var seen = 0L; step < Steps - 1; step++)
        {
            seen += Volatile.Read(ref _counts[step]);
            if (seen >= wanted) break;
        }
        return UpTo(step) / 1000.0;
    }

    private static int StepOf(long microseconds)
    {
        if (microseconds < 1L << FirstDoubling) return 0;
        var doubling = BitOperations.Log2((ulong)microseconds);
        var part = (int)(microseconds >> (doubling - 2)) & (PerDoubling - 1);
        return Math.Min(((doubling - FirstDoubling) * PerDoubling) + part, Steps - 1);
    }

    private static long UpTo(int step) => (PerDoubling + (step % PerDoubling) + 1L) << (FirstDoubling + (step / PerDoubling) - 2);
}
