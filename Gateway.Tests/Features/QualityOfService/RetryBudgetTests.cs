using Gateway.Features.QualityOfService;

namespace Gateway.Tests.Features.QualityOfService;

public sealed class RetryBudgetTests
{
    [Fact]
    public void Has_a_few_to_begin_with_and_earns_a_share_of_each_request()
    {
        var budget = new RetryBudget(0.25);

        Assert.Equal(10, Spend(budget));
        for (var i = 0; i < 8; i++) budget.Earn();
        Assert.Equal(2, Spend(budget));
    }

    [Fact]
    public void Saves_no_more_than_a_few()
    {
        var budget = new RetryBudget(1);
        for (var i = 0; i < 1000; i++) budget.Earn();

        Assert.Equal(10, Spend(budget));
    }

    private static int Spend(RetryBudget budget)
    {
        var spent = 0;
        while (budget.TrySpend()) spent++;
        return spent;
    }
}
