using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway.Commands;

internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var app = GatewayHost.Build(builder, new OcelotFiles(new ConfigurationInputs(null, builder.Environment.EnvironmentName, new Dictionary<string, string>(), []), TimeProvider.System));
        var problems = await GatewayHost.ServeAsync(app);
        foreach (var problem in problems) await Console.Error.WriteLineAsync(problem.ToString());
        return problems.Count > 0 ? 1 : 0;
    }
}
