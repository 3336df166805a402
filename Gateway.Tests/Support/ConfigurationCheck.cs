using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Runtime;

namespace Gateway.Tests.Support;

/// <summary>What a gateway says about a configuration before it serves anything.</summary>
internal static class ConfigurationCheck
{
    /// <inheritdoc cref="TestGateway.StartAsync(string, IEnumerable{ValueTuple{string, string}}?, Action{IServiceCollection}?, Action{IWebHostBuilder}?)"/>
    public static async Task<IReadOnlyList<Problem>> ProblemsAsync(string json, params IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Management:Urls", "http://127.0.0.1:0")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        await using var app = GatewayHost.Build(builder, new TextSource(json));
        return [.. await app.Services.GetRequiredService<SnapshotReloader>().StartAsync()];
    }

    /// <summary>As <see cref="ProblemsAsync"/>, for one route whose service nobody will call.</summary>
    /// <param name="more">Further members of the route, as JSON.</param>
    /// <param name="global">Members of the global section, as JSON.</param>
    public static Task<IReadOnlyList<Problem>> ProblemsOfRouteAsync(
        string more, string global = "", string upstream = "/a", params IEnumerable<(string Key, string Value)> settings) =>
        ProblemsAsync($"{{ \"Routes\": [ {TestGateway.Route(1, upstream, "/d", more)} ], \"GlobalConfiguration\": {{ {global} }} }}", settings);

    /// <summary>As <see cref="ProblemsOfRouteAsync"/>, the errors alone.</summary>
    public static async Task<IReadOnlyList<Problem>> ErrorsOfRouteAsync(string more, string global = "") =>
        [.. (await ProblemsOfRouteAsync(more, global)).Where(p => p.Severity == Severity.Error)];

    /// <summary>The only error there is.</summary>
    public static Problem OnlyError(this IEnumerable<Problem> problems) => Assert.Single(problems, p => p.Severity == Severity.Error);

    /// <summary>The only warning, where there is no error.</summary>
    public static Problem OnlyWarning(this IReadOnlyList<Problem> problems)
    {
        Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
        return Assert.Single(problems);
    }
}
