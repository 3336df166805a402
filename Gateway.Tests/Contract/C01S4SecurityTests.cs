namespace Gateway.Tests.Contract;

/// <summary>Contract 06 §6: the global lists count as a whole, where both lists of the route are empty.</summary>
public sealed class C01S4SecurityTests(C01S4SecurityTests.Setup setup) : IClassFixture<C01S4SecurityTests.Setup>
{
    [Theory]
    [InlineData("/absent", 403)]
    [InlineData("/flag", 403)] // a flag alone is no list
    [InlineData("/empty", 403)]
    [InlineData("/own", 200)] // the global lists are nothing to it
    public async Task Blocks(string target, int status) => Assert.Equal(status, (await setup.AskAsync(target)).Status);

    public sealed class Setup : ContractSetup
    {
        protected override string Global => """ "SecurityOptions": { "IPBlockedList": [ "127.0.0.1" ] } """;

        protected override IEnumerable<string> Routes =>
        [
            Route("/absent", "/d"),
            Route("/flag", "/d", """ "SecurityOptions": { "ExcludeAllowedFromBlocked": true } """),
            Route("/empty", "/d", """ "SecurityOptions": { "IPBlockedList": [], "IPAllowedList": [] } """),
            Route("/own", "/d", """ "SecurityOptions": { "IPBlockedList": [ "1.1.1.1" ] } """),
        ];
    }
}
