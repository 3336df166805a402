using System.Text;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Runtime;

namespace Gateway.Tests.Support;

/// <summary>Compiles a configuration as start, reload and <c>check</c> do, without serving it.</summary>
internal static class Check
{
    /// <summary>All problems of one route to a service that isn't there.</summary>
    /// <param name="more">Members of the route, as JSON.</param>
    /// <param name="global">Members of the global section, as JSON.</param>
    public static IReadOnlyList<Problem> Problems(string more, string global = "") =>
        ProblemsOf($"{{ \"Routes\": [ {TestGateway.Route(1, "/a", "/d", more)} ], \"GlobalConfiguration\": {{ {global} }} }}");

    public static IReadOnlyList<Problem> Errors(string more, string global = "") =>
        [.. Problems(more, global).Where(p => p.Severity == Severity.Error)];

    public static IReadOnlyList<Problem> ProblemsOf(string json)
    {
        var configuration = new ConfigurationBuilder().Build();
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddGateway(configuration)
            .BuildServiceProvider();
        var problems = new ProblemList();
        if (DocumentParser.Parse(Encoding.UTF8.GetBytes(json), "ocelot.json", problems) is ObjectNode root)
            services.GetRequiredService<SnapshotCompiler>().Compile(root, problems)?.Return();
        return [.. problems];
    }
}
