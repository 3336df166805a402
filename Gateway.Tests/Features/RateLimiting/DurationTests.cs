using System.Globalization;
using Gateway.Features.RateLimiting;

namespace Gateway.Tests.Features.RateLimiting;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1s", 1)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData(" 1S ", 1)]
    [InlineData("100", 0.1)]
    [InlineData("0", 0)]
    public void Reads_a_number_and_a_unit(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("1month")]
    [InlineData("1mm")]
    [InlineData("1sec")]
    [InlineData("1 s")]
    [InlineData("-1s")]
    [InlineData("1,5s")]
    [InlineData("soon")]
    [InlineData("s")]
    [InlineData("1e3s")]
    [InlineData("99999999d")]
    public void Takes_nothing_else(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void The_machines_culture_changes_nothing()
    {
        var culture = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.True(Duration.TryParse("1.5s", out var duration));
            Assert.Equal(TimeSpan.FromSeconds(1.5), duration);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
