using System.CommandLine;
using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway.Commands;

/// <summary><c>healthcheck</c>: asks a running gateway whether it lives, for containers without curl. 0: it does; 1: it doesn't.</summary>
internal static class HealthcheckCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var url = new Argument<string?>("URL") { Arity = ArgumentArity.ZeroOrOne, Description = "Default: /health/live of the management listener." };
        var command = new Command("healthcheck", "Asks a running gateway whether it lives.") { url };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => AskAsync(parsed.GetValue(url) ?? Default(), parsed.InvocationConfiguration.Error, cancellation));
        return command;
    }

    private static async Task<int> AskAsync(string url, TextWriter errors, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            await errors.WriteLineAsync($"'{url}' is no URL to ask.");
            return CommandLine.Unusable;
        }
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            using var response = await client.GetAsync(target, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode) return 0;
            await errors.WriteLineAsync($"{target} answered {(int)response.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await errors.WriteLineAsync($"{target} doesn't answer: {e.Message}");
        }
        return 1;
    }

    // The same settings that the gateway in this container was started with.
    private static string Default()
    {
        var builder = WebApplication.CreateBuilder();
        var loaded = Sources.Files(null, builder.Environment.EnvironmentName, []).Load(new ProblemList());
        Sources.AddHostSettings(builder.Configuration, null, builder.Environment.EnvironmentName, loaded, []);
        var first = (builder.Configuration["Management:Urls"] ?? ManagementListener.DefaultUrls).Split(';')[0].Trim();
        var reachable = first.Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal);
        return $"{reachable.TrimEnd('/')}/health/live";
    }
}
