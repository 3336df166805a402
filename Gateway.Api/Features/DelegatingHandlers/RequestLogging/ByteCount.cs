namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary>A number of bytes, counted by one thread and read by another.</summary>
internal sealed class ByteCount
{
    private long _total;

    public long Total => Volatile.Read(ref _total);

    public void Add(int bytes) => Interlocked.Add(ref _total, bytes);
}
