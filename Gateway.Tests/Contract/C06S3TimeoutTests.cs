namespace Gateway.Tests.Contract;

/// <summary>Contract 06 §3 and 04 §4.5: who ends a request that takes too long, and with what.</summary>
public sealed class C06S3TimeoutTests(C06S3TimeoutTests.Setup setup) : IClassFixture<C06S3TimeoutTests.Setup>
{
    [Theory]
    [InlineData("/route")] // its own second, over the global minute
    [InlineData("/text")] // "1"
    [InlineData("/attempt")] // QoSOptions.Timeout, in milliseconds
    [InlineData("/former")] // TimeoutValue
    [InlineData("/group")] // the global second of QoSOptions, for the group
    public async Task Ends_a_request_that_takes_too_long(string target)
    {
        var answer = await setup.AskAsync(target);

        Assert.Equal(503, answer.Status);
        Assert.Contains("timed_out", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/quick", "200")]
    public async Task Leaves_others_alone(string target, string status) => Assert.Equal(status, await setup.StatusesAsync(target));

    public sealed class Setup : ContractSetup
    {
        protected override string Global => """ "Timeout": 60, "QoSOptions": { "Timeout": 300, "RouteKeys": [ "slow" ] } """;

        protected override IEnumerable<string> Routes =>
        [
            Route("/route", "/never", """ "Timeout": 1 """),
            Route("/text", "/never", """ "Timeout": "1" """),
            Route("/attempt", "/never", """ "QoSOptions": { "Timeout": 300 } """),
            Route("/former", "/never", """ "QoSOptions": { "TimeoutValue": 300 } """),
            Route("/group", "/never", """ "Key": "slow" """),
            Route("/quick", "/d", """ "Timeout": 1 """),
        ];
    }
}
