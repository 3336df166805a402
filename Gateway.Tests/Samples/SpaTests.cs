using Microsoft.Playwright;

namespace Gateway.Tests.Samples;

/// <summary>The single-page app in a real browser, against the whole demo.</summary>
public sealed class SpaTests(QuickstartProcess demo) : IClassFixture<QuickstartProcess>
{
    [Fact]
    public async Task Logs_in_by_code_and_shows_the_cart_and_my_page_from_another_origin()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;

        await LogInAsync(page, "alice", "wonderland");

        Assert.Equal("Alice Example", await page.TextContentAsync("#user"));
        Assert.Contains("Desk lamp", await page.TextContentAsync("#cart-items"), StringComparison.Ordinal);
        Assert.StartsWith("cart-", await page.TextContentAsync("#cart-instance"), StringComparison.Ordinal);
        Assert.Contains("9007199254740993", await page.TextContentAsync("#page-orders"), StringComparison.Ordinal);
        Assert.DoesNotContain("internal", await page.TextContentAsync("#page-mediated"), StringComparison.Ordinal);
        Assert.Contains("internal_cost", await page.TextContentAsync("#page-raw"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_something_into_the_cart_and_pays()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await LogInAsync(page, "alice", "wonderland");

        await page.ClickAsync("#cart-add");
        await page.WaitForSelectorAsync("#cart-items >> text=Notebook");
        await page.ClickAsync("#cart-pay");

        Assert.Equal("Paid", await MessageAsync(page));
    }

    [Fact]
    public async Task Tells_a_user_without_the_role_that_he_may_not_pay()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await LogInAsync(page, "bob", "builder");

        await page.ClickAsync("#cart-pay");

        Assert.Equal("You may not do that", await MessageAsync(page));
    }

    [Theory]
    [InlineData(401, "Please log in")]
    [InlineData(403, "You may not do that")]
    [InlineData(429, "Too many requests")]
    [InlineData(502, "The service is not available")]
    public async Task Has_a_clear_message_for_each_refusal(int status, string title)
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await LogInAsync(page, "alice", "wonderland");

        await page.ClickAsync($"#try-{status}");

        Assert.Equal(title, await MessageAsync(page));
        Assert.Contains($"{status}", await page.TextContentAsync("#message-facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_wrong_password()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;

        await FillInAsync(page, "alice", "builder");

        Assert.NotNull(await page.WaitForSelectorAsync("[role=alert]"));
    }

    private async Task LogInAsync(IPage page, string name, string password)
    {
        await FillInAsync(page, name, password);
        await SeesAsync(page, "#cart-items tr");
        await SeesAsync(page, "#page-orders tr");
    }

    // A page that complains will not show it any more: what it says, and what the parts logged, tells why.
    private async Task SeesAsync(IPage page, string selector)
    {
        await page.WaitForSelectorAsync($"{selector}, #message.bad");
        if (await page.IsVisibleAsync("#message.bad"))
            Assert.Fail($"Waiting for {selector}, the page says: {await page.InnerTextAsync("#message")}\n{demo.Log()}");
    }

    private async Task FillInAsync(IPage page, string name, string password)
    {
        await page.GotoAsync(demo.Spa);
        await page.ClickAsync("#login");
        await page.FillAsync("input[name=name]", name);
        await page.FillAsync("input[name=password]", password);
        await page.ClickAsync("button");
    }

    private static async Task<string?> MessageAsync(IPage page)
    {
        await page.WaitForSelectorAsync("#message");
        return await page.TextContentAsync("#message-title");
    }
}
