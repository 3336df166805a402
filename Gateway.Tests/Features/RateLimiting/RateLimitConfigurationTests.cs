using Gateway.Configuration;
using Gateway.Features.RateLimiting;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.RateLimiting;

/// <summary>What a file may say, and what it is told otherwise (contract 06 §1.1, §1.3; 00).</summary>
public sealed class RateLimitConfigurationTests
{
    [Theory]
    [InlineData(""" "Limit": 5, "Period": "1s" """)]
    [InlineData(""" "Limit": 5, "Period": "500ms", "Wait": "0" """)]
    [InlineData(""" "Limit": 5, "Period": "1.5m", "PeriodTimespan": 2.5 """)]
    [InlineData(""" "Limit": "5", "Period": "2h", "StatusCode": 999 """)]
    [InlineData(""" "Limit": 5 """)]
    [InlineData(""" "EnableRateLimiting": false """)]
    [InlineData(""" "EnableRateLimiting": false, "Limit": -3, "Period": "never" """)]
    [InlineData(""" "Limit": 5, "Algorithm": "TokenBucket", "Period": "1s", "Key": "ip" """)]
    [InlineData(""" "Limit": 5, "Algorithm": "concurrency", "Key": "claim:http://schemas.example/id" """)]
    public async Task Takes(string options) => Assert.Empty(await ConfigurationCheck.ErrorsOfRouteAsync($$""" "RateLimitOptions": { {{options}} } """));

    [Theory]
    [InlineData(""" "Period": "1s" """, "Limit", "neither the route nor the global section")]
    [InlineData(""" "Period": "1s", "Limit": 0 """, "Limit", "must be positive, was 0")]
    [InlineData(""" "Period": "1s", "Limit": -3 """, "Limit", "must be positive, was -3")]
    [InlineData(""" "Limit": 1, "Period": "100" """, "Period", "must end in its unit")]
    [InlineData(""" "Limit": 1, "Period": "1S" """, "Period", "must end in its unit, in lower case")]
    [InlineData(""" "Limit": 1, "Period": "1month" """, "Period", "\"1month\" is no time")]
    [InlineData(""" "Limit": 1, "Period": "-1s" """, "Period", "is no time")]
    [InlineData(""" "Limit": 1, "Period": "0s" """, "Period", "is no time")]
    [InlineData(""" "Limit": 1, "Period": "1s", "Wait": "soon" """, "Wait", "\"soon\" is no time")]
    [InlineData(""" "Limit": 1, "Period": "1s", "PeriodTimespan": -1 """, "Wait", "is no time")]
    [InlineData(""" "Limit": 1, "StatusCode": 42 """, "StatusCode", "must be a final HTTP status")]
    [InlineData(""" "Limit": 1, "StatusCode": 100 """, "StatusCode", "must be a final HTTP status")]
    [InlineData(""" "Limit": 1, "Key": "cookie:x" """, "Key", "names no client")]
    [InlineData(""" "Limit": 1, "Key": "claim:" """, "Key", "names no client")]
    [InlineData(""" "Limit": 1, "Algorithm": "Concurrency", "Period": "1s" """, "Period", "has no meaning")]
    [InlineData(""" "Limit": 1, "Algorithm": "SlidingWindow", "Wait": "1s" """, "Wait", "has a meaning only for the algorithm FixedWindow")]
    public async Task Refuses(string options, string property, string message)
    {
        var problem = Assert.Single(await ConfigurationCheck.ErrorsOfRouteAsync($$""" "RateLimitOptions": { {{options}} } """));

        Assert.Equal($"Routes[0].RateLimitOptions.{property}", problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Fix);
    }

    [Theory]
    [InlineData(""" "Limit": 1, "Period": "100" """, null)] // milliseconds, as in Ocelot
    [InlineData(""" "Limit": 1, "Period": "1S" """, null)]
    [InlineData(""" "Limit": 1, "Period": "1month" """, "Period")]
    [InlineData(""" "Limit": 0, "Period": "1s" """, "Limit")]
    [InlineData(""" "Limit": -2, "Period": "1s" """, "Limit")]
    public async Task Checks_the_global_section_for_the_routes_it_is_meant_for(string options, string? property)
    {
        var errors = await ConfigurationCheck.ErrorsOfRouteAsync("", $$""" "RateLimitOptions": { {{options}} } """);

        Assert.Equal(property is null ? [] : [$"GlobalConfiguration.RateLimitOptions.{property}"], errors.Select(e => e.Path));
    }

    [Theory]
    [InlineData(""" "Limit": 5 """, """ "Period": "1m" """)]
    [InlineData(""" "Period": "1s" """, """ "Limit": 5 """)]
    public async Task What_the_route_leaves_out_may_stand_in_the_global_section(string route, string global) =>
        Assert.Empty(await ConfigurationCheck.ErrorsOfRouteAsync($$""" "RateLimitOptions": { {{route}} } """, $$""" "RateLimitOptions": { {{global}} } """));

    [Fact]
    public void The_former_name_of_the_section_works_on_a_dynamic_route()
    {
        var section = Sections.Of(""" "ServiceName": "a", "RateLimitRule": { "Limit": 7, "Period": "100" } """, Levels.DynamicRoute, RateLimitCompiler.Key);

        var rule = RateLimitCompiler.Compile(section)!.Rule;

        Assert.Equal((7, TimeSpan.FromMilliseconds(100)), (rule.Limit, rule.Period));
    }

    [Fact]
    public async Task Says_that_a_global_section_without_a_rule_limits_nothing_by_itself()
    {
        var problem = Assert.Single(await ConfigurationCheck.ProblemsOfRouteAsync("", """ "RateLimitOptions": { "StatusCode": 418 } """));

        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.Contains("limits nothing by itself", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_compatibility_a_missing_limit_only_warns() =>
        Assert.Equal(Severity.Warning, Assert.Single(await ConfigurationCheck.ProblemsOfRouteAsync(
            """ "RateLimitOptions": { "Period": "1s" } """, """ "Compatibility": "Ocelot25" """)).Severity);
}
