using Gateway.Tests.Samples;
using Gateway.Tests.Support;
using Microsoft.Playwright;

namespace Gateway.Tests.Hosting;

/// <summary>The page of the management listener in a real browser.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Shows_every_view_without_an_error_or_a_violation_of_its_policy()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [
              {{TestGateway.Route(service.Port, "/orders/{id}", "/orders/{id}", "\"Key\": \"orders\", \"UpstreamHttpMethod\": [ \"Get\" ], \"QoSOptions\": { \"MinimumThroughput\": 3 }")}},
              {{TestGateway.Route(service.Port, "/page", "/page", "\"Mediation\": { \"Response\": { \"Steps\": [ { \"Remove\": [ \"secret\" ] } ] } }")}},
              {{TestGateway.Route(service.Port, "/orders/late", "/late", "\"UpstreamHttpMethod\": [ \"Get\" ]")}} ] }
            """);
        for (var i = 0; i < 20; i++)
        {
            using var good = await gateway.GetAsync($"/orders/{i}");
            using var bad = await gateway.GetAsync("/nothing");
        }
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        var faults = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        page.PageError += (_, fault) => faults.Add(fault);

        await page.GotoAsync(gateway.Management.BaseAddress!.ToString());
        await page.WaitForSelectorAsync("#state.good");
        await page.WaitForSelectorAsync("#chart-traffic rect");
        await KeepAsync(page, "overview");
        await page.ClickAsync("nav >> text=Routes");
        await page.WaitForSelectorAsync("text=never reached");
        await KeepAsync(page, "routes");
        await page.ClickAsync("nav >> text=Services");
        await page.WaitForSelectorAsync($"#service-list >> text=127.0.0.1:{service.Port}");
        await page.ClickAsync("nav >> text=Refusals");
        await page.WaitForSelectorAsync("#refusal-table >> text=no_route");
        await page.ClickAsync("nav >> text=Configuration");
        await page.WaitForSelectorAsync("#reload-list >> text=version 1");
        await page.ClickAsync("nav >> text=Try it");
        await page.FillAsync("#explain input[name=url]", "/orders/7");
        await page.ClickAsync("#explain button");
        await page.WaitForSelectorAsync($"#explanation >> text=http://127.0.0.1:{service.Port}/orders/7");
        await page.FillAsync("#mediate textarea", "{\"id\":1,\"secret\":2}");
        await page.ClickAsync("#mediate button");
        await Assertions.Expect(page.Locator("#mediated")).ToContainTextAsync("{\"id\":1}");

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Is_used_by_the_keyboard_alone()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a");
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(gateway.Management.BaseAddress!.ToString());
        await page.WaitForSelectorAsync("#state.good");

        for (var i = 0; i < 3; i++) await page.Keyboard.PressAsync("Tab"); // the way past the header, Overview, Routes
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#route-table >> text=/a");

        Assert.Equal("Routes", await page.TextContentAsync("nav a[aria-current=page]"));
    }

    [Fact]
    public async Task Shows_a_thousand_routes_within_two_seconds()
    {
        var routes = string.Join(", ", Enumerable.Range(0, 1000).Select(i => TestGateway.Route(1, $"/r{i}/{{x}}", "/{x}")));
        await using var gateway = await TestGateway.StartAsync($$"""{ "Routes": [ {{routes}} ] }""");
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(gateway.Management.BaseAddress!.ToString());
        await page.WaitForSelectorAsync("#state.good");

        var took = await page.EvaluateAsync<double>("""
            async () => {
              const begun = performance.now();
              location.hash = "routes";
              while (document.querySelectorAll("#route-table [role=row]").length < 1001) await new Promise(requestAnimationFrame);
              document.body.offsetHeight;
              return performance.now() - begun;
            }
            """);

        Assert.InRange(took, 0, 2000);
    }

    /// <summary>Keeps pictures for the documentation, light and dark, where <c>SCREENSHOTS</c> names a folder.</summary>
    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.SetViewportSizeAsync(1280, 640);
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png") });
        }
    }
}
