using System.Buffers;

namespace Gateway.Routing;

/// <summary>Text being put together: on the stack while it is short, then in a rented array.</summary>
internal ref struct TextBuffer(Span<char> initial)
{
    private Span<char> _chars = initial;
    private char[]? _rented;

    public int Length { get; private set; }

    public readonly Span<char> Written => _chars[..Length];

    public void Append(char c)
    {
        if (Length == _chars.Length) Grow(1);
        _chars[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length) Grow(text.Length);
        text.CopyTo(_chars[Length..]);
        Length += text.Length;
    }

    /// <summary>Takes back everything after the first <paramref name="length"/> characters.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>The text; gives the array back, so it is the last thing to ask for.</summary>
    public string Finish()
    {
        var text = Written.ToString();
        if (_rented is { } rented) ArrayPool<char>.Shared.Return(rented);
        this = default;
        return text;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, _chars.Length * 2));
        Written.CopyTo(larger);
        if (_rented is { } rented) ArrayPool<char>.Shared.Return(rented);
        _chars = _rented = larger;
    }
}
