using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway.Commands;

internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var app = GatewayHost.Build(builder, new InterimSource());
        var problems = await GatewayHost.ServeAsync(app);
        foreach (var problem in problems) await Console.Error.WriteLineAsync(problem.ToString());
        return problems.Count > 0 ? 1 : 0;
    }

    private sealed class InterimSource : IDocumentSource
    {
        public ObjectNode? Read(ProblemList problems) => DocumentParser.Parse(File.ReadAllBytes("ocelot.json"), "ocelot.json", problems) as ObjectNode;

        public IDisposable Watch(Action changed) => new MemoryStream();
    }
}
