using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Features.Security;

/// <summary>Addresses from first to last, of one family, as numbers. An IPv4 address that is written as IPv6 is IPv4.</summary>
internal readonly record struct AddressRange(bool IsV4, UInt128 First, UInt128 Last)
{
    private const int MappedPrefix = 96;

    /// <summary>Reads what Ocelot reads: an address, a range, a range by its last octet, a network by prefix length or mask (contract 06 §6).</summary>
    /// <param name="fault">What is wrong with it: <c>is no address</c>.</param>
    public static bool TryParse(string text, out AddressRange range, out string fault)
    {
        (range, fault) = (default, "");
        var slash = text.IndexOf('/');
        var dash = text.AsSpan().IndexOfAny('-', '\u2013');
        return slash >= 0 ? TryNetwork(text[..slash], text[(slash + 1)..].Trim(), out range, out fault)
            : dash >= 0 ? TrySpan(text[..dash], text[(dash + 1)..].Trim(), out range, out fault)
            : TryOne(text, out range, out fault);
    }

    /// <summary>The address as a number of its family.</summary>
    public static (bool IsV4, UInt128 Number) NumberOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        _ = address.TryWriteBytes(octets, out var length);
        return length == 4 ? (true, BinaryPrimitives.ReadUInt32BigEndian(octets)) : (false, BinaryPrimitives.ReadUInt128BigEndian(octets));
    }

    private static bool TryOne(string text, out AddressRange range, out string fault)
    {
        range = default;
        if (!TryAddress(text, out var address, out fault)) return false;
        var (isV4, number) = NumberOf(address);
        range = new AddressRange(isV4, number, number);
        return true;
    }

    private static bool TrySpan(string first, string last, out AddressRange range, out string fault)
    {
        range = default;
        if (!TryAddress(first, out var start, out fault)) return false;
        var (isV4, from) = NumberOf(start);
        UInt128 to;
        if (isV4 && byte.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)) to = (from & ~(UInt128)0xFF) | octet;
        else
        {
            if (!TryAddress(last, out var end, out fault)) return false;
            (var sameFamily, to) = NumberOf(end);
            if (sameFamily != isV4) return Fail("begins with one kind of address and ends with the other", out fault);
        }
        if (to < from) return Fail("ends before it begins", out fault);
        range = new AddressRange(isV4, from, to);
        return true;
    }

    private static bool TryNetwork(string text, string size, out AddressRange range, out string fault)
    {
        range = default;
        if (!TryAddress(text, out var address, out fault)) return false;
        var (isV4, number) = NumberOf(address);
        var bits = isV4 ? 32 : 128;
        if (!TryPrefix(size, isV4, isWrittenAsV6: address.AddressFamily == AddressFamily.InterNetworkV6, out var prefix))
            return Fail($"has \"{size}\" where a prefix length or a mask must stand", out fault);

        var rest = bits == prefix ? UInt128.Zero : (UInt128.One << (bits - prefix)) - 1;
        if (bits == 128 && prefix == 0) rest = UInt128.MaxValue;
        range = new AddressRange(isV4, number & ~rest, number | rest);
        return true;
    }

    private static bool TryPrefix(string size, bool isV4, bool isWrittenAsV6, out int prefix)
    {
        if (int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out prefix))
        {
            if (isV4 && isWrittenAsV6) prefix -= MappedPrefix; // ::ffff:10.0.0.0/104 is 10.0.0.0/8
            return prefix >= 0 && prefix <= (isV4 ? 32 : 128);
        }
        if (!isV4 || !TryAddress(size, out var mask, out _) || mask.AddressFamily != AddressFamily.InterNetwork) return false;

        var number = (uint)NumberOf(mask).Number;
        prefix = System.Numerics.BitOperations.LeadingZeroCount(~number);
        return prefix == 32 - System.Numerics.BitOperations.TrailingZeroCount(number) || number == 0;
    }

    // The platform also takes 10.1, 0x0a000001 and 010.0.0.1, which nobody means as they are read.
    private static bool TryAddress(string text, out IPAddress address, out string fault)
    {
        fault = "";
        text = text.Trim();
        var scope = text.IndexOf('%');
        if (scope >= 0) text = text[..scope];
        if (!text.Contains(':') && (text.Split('.') is not { Length: 4 } octets || octets.Any(o => !IsOctet(o))))
        {
            address = IPAddress.None;
            return Fail("is no address", out fault);
        }
        return IPAddress.TryParse(text, out address!) || Fail("is no address", out fault);
    }

    private static bool IsOctet(string text) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) && (text.Length == 1 || text[0] != '0');

    private static bool Fail(string message, out string fault)
    {
        fault = message;
        return false;
    }
}
