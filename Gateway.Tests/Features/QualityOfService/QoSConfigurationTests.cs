using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.QualityOfService;

/// <summary>What a file may say, what is put in place of it, and what is refused (contract 06 §2.2; 00).</summary>
public sealed class QoSConfigurationTests
{
    [Theory]
    [InlineData(""" "Timeout": 500 """)]
    [InlineData(""" "MinimumThroughput": 1, "BreakDuration": 1000 """)]
    [InlineData(""" "FailureRatio": 1.0, "MinimumThroughput": 5, "SamplingDuration": 10000 """)]
    [InlineData(""" "ExceptionsAllowedBeforeBreaking": 0, "DurationOfBreak": 0, "TimeoutValue": 0 """)] // Ocelot's own full example
    [InlineData(""" "Retry": { "Attempts": 3, "Delay": 0, "Budget": 1 } """)]
    public async Task Takes(string options) => Assert.All(await ConfigurationCheck.ProblemsOfRouteAsync(Section(options)), p => Assert.Equal(ProblemCodes.FormerKey, p.Code));

    [Theory]
    [InlineData(""" "Timeout": 5 """, "Timeout", "30000")]
    [InlineData(""" "Timeout": 86400000 """, "Timeout", "30000")]
    [InlineData(""" "MinimumThroughput": 3, "BreakDuration": 500 """, "BreakDuration", "5000")]
    [InlineData(""" "FailureRatio": 0.5, "SamplingDuration": 100 """, "SamplingDuration", "10000")]
    [InlineData(""" "MinimumThroughput": 0, "Timeout": 500 """, "MinimumThroughput", "no breaker")]
    [InlineData(""" "BreakDuration": 1000 """, "", "switches nothing on")]
    public async Task Says_what_it_puts_in_place_of_a_value(string options, string property, string message)
    {
        var problem = Assert.Single(await ConfigurationCheck.ProblemsOfRouteAsync(Section(options)));

        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.Equal($"Routes[0].QoSOptions.{property}".TrimEnd('.'), problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "Timeout": -1 """, "Timeout")]
    [InlineData(""" "MinimumThroughput": -1 """, "MinimumThroughput")]
    [InlineData(""" "Timeout": 100, "BreakDuration": -1 """, "BreakDuration")]
    [InlineData(""" "FailureRatio": 50 """, "FailureRatio")]
    [InlineData(""" "FailureRatio": 0.5, "MinimumThroughput": 0 """, "MinimumThroughput")]
    [InlineData(""" "Retry": { "Attempts": 0 } """, "Retry.Attempts")]
    [InlineData(""" "Retry": { "Delay": -1 } """, "Retry.Delay")]
    [InlineData(""" "Retry": { "Budget": 2 } """, "Retry.Budget")]
    public async Task Refuses(string options, string property)
    {
        var problem = Assert.Single(await ConfigurationCheck.ErrorsOfRouteAsync(Section(options)));

        Assert.Equal($"Routes[0].QoSOptions.{property}", problem.Path);
        Assert.NotEmpty(problem.Fix);
    }

    [Theory]
    [InlineData(""" "Timeout": -1 """)]
    [InlineData(""" "FailureRatio": 50 """)]
    public async Task Under_compatibility_only_warns(string options) =>
        Assert.Empty(await ConfigurationCheck.ErrorsOfRouteAsync(Section(options), """ "Compatibility": "Ocelot25" """));

    [Fact]
    public async Task Names_the_global_section_for_what_stands_there() =>
        Assert.Equal("GlobalConfiguration.QoSOptions.FailureRatio",
            Assert.Single(await ConfigurationCheck.ErrorsOfRouteAsync(Section(""" "MinimumThroughput": 3 """), Section(""" "FailureRatio": 50 """))).Path);

    private static string Section(string options) => $$""" "QoSOptions": { {{options}} } """;
}
