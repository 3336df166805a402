namespace Samples.ServiceDefaults;

/// <summary>
/// <c>--healthcheck [URL]</c>: the program asks its own running copy for its health and ends with 0 or 1. A container's health check
/// needs no curl that way.
/// </summary>
public static class HealthCheck
{
    internal const string Path = "/health";

    private const string Argument = "--healthcheck";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);

    /// <summary>Whether the program was started to ask, rather than to serve.</summary>
    public static bool IsAskedFor(string[] args) => args is [Argument, ..];

    /// <summary>Asks the given URL, else the port that the environment tells this program to listen on (8080 without any).</summary>
    /// <returns>The exit code: 0 healthy, 1 anything else.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080";
        var url = args.Length > 1 ? args[1] : $"http://127.0.0.1:{port}{Path}";
        using var http = new HttpClient { Timeout = Within };
        try
        {
            using var answer = await http.GetAsync(new Uri(url));
            await Console.Out.WriteLineAsync($"{url}: {(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{url}: {e.Message}");
            return 1;
        }
    }
}
