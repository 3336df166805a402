using System.Globalization;
using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>
/// Where in a body a reader stands. Keeps the names of the open containers as bytes, in memory that is used again, and makes a pointer
/// (RFC 6901) of them only when something went wrong.
/// </summary>
internal sealed class JsonLocation
{
    private Level[] _levels = new Level[16];
    private byte[] _names = new byte[256];
    private int _depth;

    private struct Level
    {
        public bool IsObject;
        public int Index;
        public int NameStart;
        public int NameEnd;
    }

    public string Pointer
    {
        get
        {
            var pointer = new StringBuilder();
            for (var i = 1; i <= _depth; i++)
            {
                ref var level = ref _levels[i];
                if (!level.IsObject)
                {
                    if (level.Index >= 0) pointer.Append(CultureInfo.InvariantCulture, $"/{level.Index}");
                }
                else if (level.NameEnd >= level.NameStart)
                {
                    var raw = _names.AsSpan(level.NameStart, level.NameEnd - level.NameStart);
                    pointer.Append('/').Append(JsonPointer.Escape(JsonEscapes.Decode(raw)));
                }
            }
            return pointer.ToString();
        }
    }

    public void Reset() => _depth = 0;

    /// <summary>A value begins that is neither object nor array.</summary>
    public void Element() => _levels[_depth].Index++;

    public void Open(bool isObject)
    {
        if (_depth + 1 == _levels.Length) Array.Resize(ref _levels, _levels.Length * 2);
        ref var outer = ref _levels[_depth];
        outer.Index++;
        var free = _depth > 0 && outer.IsObject ? outer.NameEnd : outer.NameStart;
        _levels[++_depth] = new Level { IsObject = isObject, Index = -1, NameStart = free, NameEnd = isObject ? free - 1 : free };
    }

    public void Close() => _depth--;

    public void Name(ReadOnlySpan<byte> raw)
    {
        ref var level = ref _levels[_depth];
        var end = level.NameStart + raw.Length;
        if (end > _names.Length) Array.Resize(ref _names, Math.Max(end, _names.Length * 2));
        raw.CopyTo(_names.AsSpan(level.NameStart));
        level.NameEnd = end;
    }
}
