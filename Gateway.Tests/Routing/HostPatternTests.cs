using Gateway.Routing;

namespace Gateway.Tests.Routing;

public sealed class HostPatternTests
{
    [Theory]
    [InlineData("GW.test", "gw.test")]
    [InlineData("gw.test.", "gw.test")]
    [InlineData("*.Example.com", "*.example.com")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("*.bücher.example", "*.xn--bcher-kva.example")]
    public void Reads_a_host(string text, string expected)
    {
        Assert.True(HostPattern.TryParse(text, out var host, []));
        Assert.Equal(expected, host?.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void No_text_is_any_host(string? text)
    {
        Assert.True(HostPattern.TryParse(text, out var host, []));
        Assert.Null(host);
    }

    [Theory]
    // Contract 02 §1 has 'gw.test:80' never match; 00 principle 2: what silently drops a route is refused.
    [InlineData("gw.test:80", "has a port")]
    [InlineData("[::1]:80", "has a port")]
    [InlineData("http://gw.test", "has a scheme")]
    [InlineData("gw.test/a", "can't stand in")]
    [InlineData("{tenant}.test", "can't stand in")]
    [InlineData(" ", "can't stand in")]
    [InlineData("a.*.test", "not a whole first label")]
    [InlineData("*test", "not a whole first label")]
    [InlineData("*", "not a whole first label")]
    [InlineData("*.", "not a whole first label")]
    [InlineData(".", "is no host name")]
    public void Reports_a_fault(string text, string message)
    {
        var faults = new List<TemplateFault>();

        Assert.False(HostPattern.TryParse(text, out _, faults));

        Assert.Contains(message, Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET POST")]
    [InlineData("G\u00c9T")]
    public void Reports_what_is_no_method(string text)
    {
        var faults = new List<TemplateFault>();

        Assert.False(MethodSet.TryParse(["GET", text], out _, faults));

        Assert.Single(faults);
    }
}
