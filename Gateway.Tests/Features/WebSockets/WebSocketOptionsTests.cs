using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.WebSockets;

/// <summary><c>WebSocketOptions</c> of a configuration.</summary>
public sealed class WebSocketOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Refuses_a_time_that_is_none(int seconds)
    {
        var errors = await ConfigurationCheck.ErrorsOfRouteAsync($$""" "WebSocketOptions": { "IdleTimeoutSeconds": {{seconds}} } """);

        var error = errors.OnlyError();
        Assert.Equal("Routes[0].WebSocketOptions.IdleTimeoutSeconds", error.Path);
        Assert.Contains($"was {seconds}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_global_section_for_the_routes_it_names()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(
            """ "Key": "chat" """, """ "WebSocketOptions": { "IdleTimeoutSeconds": 2147483647, "RouteKeys": ["chat"] } """);

        Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
    }
}
