using Gateway.Features.HealthChecks;

namespace Gateway.Tests.Features.HealthChecks;

public sealed class HostHealthTests
{
    /// <param name="checks">Good (+) and failed (-) checks.</param>
    /// <param name="health">Healthy (h) or not (u) after each.</param>
    [Theory]
    [InlineData("+++", "hhh")]
    [InlineData("--", "hh")]
    [InlineData("---", "hhu")]
    [InlineData("--+--+---", "hhhhhhhhu")]
    [InlineData("-----", "hhuuu")]
    [InlineData("---+", "hhuu")]
    [InlineData("---++", "hhuuh")]
    [InlineData("---+-++", "hhuuuuh")]
    [InlineData("---++--+---", "hhuuhhhhhhu")]
    public void Changes_after_so_many_checks_in_a_row(string checks, string health)
    {
        var rules = new HealthRules(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), Unhealthy: 3, Healthy: 2);
        var host = new HostHealth();
        var seen = "";
        foreach (var check in checks)
        {
            var before = host.IsHealthy;
            var changed = host.Note(check == '+' ? null : "down", rules);
            Assert.Equal(before != host.IsHealthy, changed);
            seen += host.IsHealthy ? 'h' : 'u';
        }

        Assert.Equal(health, seen);
    }
}
