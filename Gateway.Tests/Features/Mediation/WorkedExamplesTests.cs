namespace Gateway.Tests.Features.Mediation;

/// <summary>The worked examples of the language's design.</summary>
public sealed class WorkedExamplesTests
{
    [Fact]
    public void E1_a_legacy_list()
    {
        const string Steps = """[{"Unwrap":"result.rows"},{"Each":{"$":[{"Remove":["internal_cost","audit"]},{"Convert":{"order_id":"string","total":"number","created":"epochSeconds -> iso"}},{"MapValues":{"status":{"N":"new","S":"shipped","*":"unknown"}}}]}},{"Case":"camel"},{"Wrap":"items"}]""";

        Assert.Equal("""{"items":[{"orderId":"9007199254740993","total":12.50,"created":"2026-01-01T00:00:00Z","status":"shipped"}]}""",
            Workbench.Run(Steps, """{"result":{"rows":[{"order_id":9007199254740993,"total":"12.50","created":1767225600,"status":"S","internal_cost":3,"audit":{"by":"x"}}]},"rc":0}"""));
        Assert.Null(Workbench.Steps(Steps).Choose(Gateway.Features.Mediation.MediationSide.Response, Workbench.Context())!.BufferedBecause);
    }
}
