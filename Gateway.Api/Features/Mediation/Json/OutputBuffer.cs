using System.Buffers;

namespace Gateway.Features.Mediation.Json;

/// <summary>Bytes on their way out: written at one end, taken away at the other, in pooled memory that <see cref="Clear"/> gives back.</summary>
internal sealed class OutputBuffer : IBufferWriter<byte>
{
    private const int Smallest = 4096;

    private byte[] _buffer = [];
    private int _start;
    private int _end;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Whether bytes have been taken away: then what was written can't be unwritten.</summary>
    public bool Released { get; private set; }

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_buffer.Length - _end < sizeHint || _end == _buffer.Length) Ensure(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_end);
    }

    /// <summary>Takes bytes from the beginning away.</summary>
    public void Take(int count)
    {
        _start += count;
        Released = true;
        if (_start == _end) _start = _end = 0;
    }

    /// <summary>Forgets everything, also that bytes were taken away, and gives the memory back.</summary>
    public void Clear()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        Released = false;
    }

    private void Ensure(int size)
    {
        if (_buffer.Length - _end >= size) return;
        var used = _end - _start;
        if (_buffer.Length - used >= size && _start > 0)
        {
            _buffer.AsSpan(_start, used).CopyTo(_buffer);
            (_start, _end) = (0, used);
        }
        else
        {
            Replace(checked((int)Math.Max((long)used + size, Math.Clamp((long)_buffer.Length * 2, Smallest, Array.MaxLength))), used);
        }
    }

    private void Replace(int size, int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(_start, used).CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _start, _end) = (larger, 0, used);
    }
}
