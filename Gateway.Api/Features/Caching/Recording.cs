using System.Buffers;

namespace Gateway.Features.Caching;

/// <summary>Takes a body down while it streams to the client; gives up on one that grows too long or breaks off.</summary>
/// <param name="length">The length that was announced; null: unknown.</param>
/// <param name="ended">Called once: with the whole body, or with null.</param>
internal sealed class Recording(int limit, long? length, Action<byte[]?> ended)
{
    private ArrayBufferWriter<byte>? _body = new();
    private Action<byte[]?>? _ended = ended;

    /// <summary>Takes down what has just been read; nothing is the end.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (_body is null) return;
        if (_body.WrittenCount + piece.Length > limit)
        {
            Abandon();
            return;
        }
        _body.Write(piece);
        // The last piece is kept before the client has it, so that its next request finds the answer.
        if (piece.IsEmpty || _body.WrittenCount == length) End(_body.WrittenSpan.ToArray());
    }

    /// <summary>The body won't come to its end here. Does nothing once it has.</summary>
    public void Abandon() => End(null);

    private void End(byte[]? body)
    {
        _body = null;
        Interlocked.Exchange(ref _ended, null)?.Invoke(body);
    }
}
