using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>Turns the bytes between a JSON string's quotes into its value, and back (RFC 8259 section 7).</summary>
internal static class JsonEscapes
{
    private static readonly SearchValues<byte> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <summary>The value; half of a surrogate pair, which JSON can write and UTF-8 can't, stays half.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (true)
        {
            var slash = raw.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString(slash < 0 ? raw : raw[..slash]));
            if (slash < 0) return text.ToString();
            if (raw[slash + 1] == 'u')
            {
                text.Append((char)ushort.Parse(raw.Slice(slash + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                raw = raw[(slash + 6)..];
            }
            else
            {
                text.Append(Unescaped(raw[slash + 1]));
                raw = raw[(slash + 2)..];
            }
        }
    }

    /// <summary>The bytes that stand between the quotes for this value.</summary>
    public static byte[] Encode(string value)
    {
        var utf8 = Encoding.UTF8.GetByteCount(value);
        var bytes = new byte[utf8];
        Encoding.UTF8.GetBytes(value, bytes);
        return bytes.AsSpan().IndexOfAny(MustEscape) < 0 && !HasLoneSurrogate(value) ? bytes : Escape(value);
    }

    private static byte[] Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                case >= '\ud800' and <= '\udfff' when !char.IsSurrogatePair(value, i) && !(i > 0 && char.IsSurrogatePair(value, i - 1)):
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default: text.Append(c); break;
            }
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool HasLoneSurrogate(string value)
    {
        for (var i = value.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1])) i++;
            else return true;
        }
        return false;
    }

    private static char Unescaped(byte escape) => escape switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)escape,
    };
}
