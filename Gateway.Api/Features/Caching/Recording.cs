using System.Buffers;

namespace Gateway.Features.Caching;

/// <summary>Takes a body down while it streams to the client; gives up on one that grows too long or breaks off.</summary>
/// <param name="length">The length that was announced; null: unknown.</param>
/// <param name="ended">Called once: with the whole body, or with null, for which it has nothing to wait for.</param>
internal sealed class Recording(int limit, long? length, Func<byte[]?, Task> ended)
{
    private ArrayBufferWriter<byte>? _body = new();
    private Func<byte[]?, Task>? _ended = ended;

    /// <summary>Takes down what has just been read; nothing is the end.</summary>
    public Task AddAsync(ReadOnlySpan<byte> piece)
    {
        if (_body is null) return Task.CompletedTask;
        if (_body.WrittenCount + piece.Length > limit) return End(null);
        _body.Write(piece);
        // The last piece is kept before the client has it, so that its next request finds the answer, at whichever gateway.
        return piece.IsEmpty || _body.WrittenCount == length ? End(_body.WrittenSpan.ToArray()) : Task.CompletedTask;
    }

    /// <summary>The body won't come to its end here. Does nothing once it has.</summary>
    public void Abandon() => _ = End(null);

    private Task End(byte[]? body)
    {
        _body = null;
        return Interlocked.Exchange(ref _ended, null)?.Invoke(body) ?? Task.CompletedTask;
    }
}
