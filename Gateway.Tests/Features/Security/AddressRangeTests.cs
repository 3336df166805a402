using System.Net;
using Gateway.Features.Security;

namespace Gateway.Tests.Features.Security;

/// <summary>The entries of IP lists (contract 06 §6).</summary>
public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5", "10.0.0.4 10.0.0.6")]
    [InlineData(" 10.0.0.5 ", "10.0.0.5", "10.0.0.4")]
    [InlineData("::1", "::1", "::2 127.0.0.1")]
    [InlineData("10.0.0.5-10.0.0.9", "10.0.0.5 10.0.0.7 10.0.0.9", "10.0.0.4 10.0.0.10")]
    [InlineData("10.0.0.5 – 10.0.1.9", "10.0.0.255 10.0.1.0", "10.0.1.10")]
    [InlineData("10.0.0.5-9", "10.0.0.5 10.0.0.9", "10.0.0.4 10.0.0.10 10.0.1.6")]
    [InlineData("10.0.0.0/24", "10.0.0.0 10.0.0.255 ::ffff:10.0.0.7", "9.255.255.255 10.0.1.0")]
    [InlineData("10.0.0.77/24", "10.0.0.0 10.0.0.255", "10.0.1.0")]
    [InlineData("10.0.0.0/255.255.255.0", "10.0.0.0 10.0.0.255", "10.0.1.0")]
    [InlineData("10.0.0.7/32", "10.0.0.7", "10.0.0.6 10.0.0.8")]
    [InlineData("0.0.0.0/0", "0.0.0.0 255.255.255.255", "::1")]
    [InlineData("10.0.0.7/0.0.0.0", "1.2.3.4", "::1")]
    [InlineData("::/0", "::1 ffff::", "127.0.0.1 ::ffff:127.0.0.1")]
    [InlineData("fe80::/10", "fe80::1%3 febf::1", "fec0::1")]
    [InlineData("fe80::1%eth0", "fe80::1", "fe80::2")]
    [InlineData("::ffff:10.0.0.0/104", "10.255.0.1 ::ffff:10.1.1.1", "11.0.0.0")]
    [InlineData("2001:db8::1-2001:db8::ff", "2001:db8::10", "2001:db8::100")]
    public void Covers_what_it_says_and_nothing_else(string text, string inside, string outside)
    {
        Assert.True(AddressRange.TryParse(text, out var range, out var fault), fault);
        var set = new AddressSet([range]);

        Assert.All(inside.Split(' '), address => Assert.True(set.Contains(IPAddress.Parse(address)), address));
        Assert.All(outside.Split(' '), address => Assert.False(set.Contains(IPAddress.Parse(address)), address));
    }

    [Theory]
    [InlineData("10.0.0.9-10.0.0.5")]
    [InlineData("10.0.0.9-5")]
    [InlineData("10.0.0.300")]
    [InlineData("10.0.0.5-300")]
    [InlineData("10.0.0.5-::1")]
    [InlineData("10.0.0")]
    [InlineData("10")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/255.0.255.0")]
    [InlineData("::1/129")]
    [InlineData("::ffff:10.0.0.0/24")]
    [InlineData("fe80::/ffff::")]
    [InlineData("localhost")]
    [InlineData("*")]
    [InlineData("10.0.0.*")]
    [InlineData("10.0.0.1, 10.0.0.2")]
    public void Refuses_what_Ocelot_would_drop(string text)
    {
        Assert.False(AddressRange.TryParse(text, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void A_set_of_overlapping_ranges_covers_their_union()
    {
        var set = new AddressSet(new[] { "10.0.0.0/24", "10.0.0.200-10.0.1.10", "10.0.0.7", "10.0.9.0/30" }.Select(Parse));

        var covered = Enumerable.Range(0, 10 * 256).Where(i => set.Contains(new IPAddress([10, 0, (byte)(i / 256), (byte)(i % 256)]))).ToArray();

        Assert.Equal([.. Enumerable.Range(0, 267), .. Enumerable.Range(9 * 256, 4)], covered);
    }

    private static AddressRange Parse(string text)
    {
        Assert.True(AddressRange.TryParse(text, out var range, out _));
        return range;
    }
}
