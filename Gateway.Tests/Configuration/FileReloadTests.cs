using Gateway.Hosting;
using Gateway.Runtime;
using Gateway.Tests.Support;

namespace Gateway.Tests.Configuration;

/// <summary>A gateway that serves from files follows them.</summary>
public sealed class FileReloadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("write")]
    [InlineData("rename")]
    [InlineData("overlay")]
    public async Task Takes_a_change_of_the_files(string how)
    {
        await using var service = await StubService.StartAsync();
        _folder.Write("ocelot.json", Routes(service.Port, "/old"));
        await using var app = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(200, await StatusAsync(client, "/old"));

        switch (how)
        {
            case "write":
                _folder.Write("ocelot.json", Routes(service.Port, "/new"));
                break;
            case "rename":
                _folder.Replace("ocelot.json", Routes(service.Port, "/new"));
                break;
            default:
                _folder.Write("ocelot.Production.json", Routes(service.Port, "/new"));
                break;
        }

        await Eventually.TrueAsync(async () => await StatusAsync(client, "/new") == 200, "the new route is served");
        Assert.Equal(how == "overlay" ? 200 : 404, await StatusAsync(client, "/old"));
    }

    [Fact]
    public async Task Serves_on_while_the_file_is_broken_or_gone()
    {
        await using var service = await StubService.StartAsync();
        _folder.Write("ocelot.json", Routes(service.Port, "/old"));
        await using var app = await StartAsync();
        var reloader = app.Services.GetRequiredService<SnapshotReloader>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        _folder.Write("ocelot.json", "{ \"Routes\": [");
        await Eventually.TrueAsync(() => reloader.State.Problems.Any(p => p.Code == "syntax"), "the problem is known");
        Assert.Equal(200, await StatusAsync(client, "/old"));

        File.Delete(_folder["ocelot.json"]);
        await Eventually.TrueAsync(() => reloader.State.Problems.Any(p => p.Code == "file"), "the problem is known");
        Assert.Equal(200, await StatusAsync(client, "/old"));

        _folder.Write("ocelot.json", Routes(service.Port, "/new"));
        await Eventually.TrueAsync(async () => await StatusAsync(client, "/new") == 200, "the new route is served");
    }

    [Fact]
    public async Task Takes_a_mounted_ConfigMap_when_its_link_is_swapped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        await using var service = await StubService.StartAsync();
        Mount("..1", Routes(service.Port, "/old"));
        File.CreateSymbolicLink(_folder["ocelot.json"], Path.Combine("..data", "ocelot.json"));
        await using var app = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Equal(200, await StatusAsync(client, "/old"));

        Mount("..2", Routes(service.Port, "/new"));

        await Eventually.TrueAsync(async () => await StatusAsync(client, "/new") == 200, "the new route is served");
        Assert.Equal(404, await StatusAsync(client, "/old"));
    }

    [Fact]
    public async Task Waits_for_the_rest_of_a_file_that_is_still_being_written()
    {
        await using var service = await StubService.StartAsync();
        _folder.Write("ocelot.json", Routes(service.Port, "/old"));
        await using var app = await StartAsync();
        var reloader = app.Services.GetRequiredService<SnapshotReloader>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var text = Routes(service.Port, "/new");

        await using (var file = new StreamWriter(new FileStream(_folder["ocelot.json"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite)))
        {
            await file.WriteAsync(text[..(text.Length / 2)]);
            await file.FlushAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => reloader.State.Problems.Any(p => p.Code == "syntax"), "the half file is refused");
            Assert.Equal(200, await StatusAsync(client, "/old"));
            await file.WriteAsync(text[(text.Length / 2)..]);
        }

        await Eventually.TrueAsync(async () => await StatusAsync(client, "/new") == 200, "the whole file is served");
        Assert.Null(reloader.State.RejectedAt);
    }

    // As the kubelet does it: the files in a new folder, and the link ..data moved to it in one step.
    private void Mount(string version, string text)
    {
        Directory.CreateDirectory(_folder[version]);
        File.WriteAllText(Path.Combine(_folder[version], "ocelot.json"), text);
        Directory.CreateSymbolicLink(_folder["..data_tmp"], version);
        using var rename = System.Diagnostics.Process.Start("mv", ["-T", _folder["..data_tmp"], _folder["..data"]]);
        rename.WaitForExit();
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Management:Urls", "")]);
        var app = GatewayHost.Build(builder, Loading.Files(_folder.Path));
        Assert.Empty(await app.Services.GetRequiredService<SnapshotReloader>().StartAsync());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static string Routes(int port, string path) => $"{{ \"Routes\": [ {TestGateway.Route(port, path, "/")} ] }}";

    private static async Task<int> StatusAsync(HttpClient client, string path) =>
        (int)(await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode;
}
