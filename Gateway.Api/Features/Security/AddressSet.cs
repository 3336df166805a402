using System.Net;

namespace Gateway.Features.Security;

/// <summary>Ranges of addresses, sorted and joined, so that asking costs a binary search. Immutable.</summary>
internal sealed class AddressSet(IEnumerable<AddressRange> ranges)
{
    private readonly AddressRange[] _v4 = Join(ranges.Where(r => r.IsV4));
    private readonly AddressRange[] _v6 = Join(ranges.Where(r => !r.IsV4));

    public bool Contains(IPAddress address)
    {
        var (isV4, number) = AddressRange.NumberOf(address);
        var ranges = isV4 ? _v4 : _v6;
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (number < ranges[middle].First) high = middle - 1;
            else if (number > ranges[middle].Last) low = middle + 1;
            else return true;
        }
        return false;
    }

    private static AddressRange[] Join(IEnumerable<AddressRange> ranges)
    {
        var joined = new List<AddressRange>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (joined is [.., var last] && range.First <= last.Last) joined[^1] = last with { Last = UInt128.Max(last.Last, range.Last) };
            else joined.Add(range);
        }
        return [.. joined];
    }
}
