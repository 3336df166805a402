namespace Gateway.Pipeline;

/// <summary>Keeps what is written of an answer that is wanted whole, up to a bound that no sensible part of an aggregate reaches.</summary>
internal sealed class BoundedBuffer : MemoryStream
{
    /// <summary>As much as the server takes of a request, unless told otherwise.</summary>
    public const int MaxBytes = 30_000_000;

    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Written => GetBuffer().AsMemory(0, (int)Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        Check(count);
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Check(count);
        return base.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    private void Check(int count)
    {
        IsTooLarge |= Length + count > MaxBytes;
        if (IsTooLarge) throw new IOException($"The answer has more than {MaxBytes} bytes.");
    }
}
