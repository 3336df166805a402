using System.Security.Claims;

namespace Gateway.Hosting.Administration;

/// <summary>One line in the log for whatever somebody changes or tries to change: who, from where, and what.</summary>
/// <param name="who">As their token names them.</param>
/// <param name="address">Where they come from.</param>
internal sealed partial class Audit(ILogger logger, string who, string address)
{
    private static readonly string[] Names = ["client_id", "azp", "appid", "sub", ClaimTypes.NameIdentifier, "name"];

    public static string NameOf(ClaimsPrincipal caller) =>
        string.Join(' ', Names.Select(caller.FindFirst).OfType<Claim>().Select(c => $"{c.Type}={c.Value}")) is { Length: > 0 } named ? named : "nobody by name";

    public void Replaced(string before, string after) => Log.Replaced(logger, who, address, before, after);

    public void Refused(int errors) => Log.Refused(logger, who, address, errors);

    public void Outdated() => Log.Outdated(logger, who, address);

    public void NotWritten(string error) => Log.NotWritten(logger, who, address, error);

    public void Cleared(string region) => Log.Cleared(logger, who, address, region);

    public void Kept(string method, string? path) => Log.Kept(logger, who, address, method, path);

    private static partial class Log
    {
        [LoggerMessage(620, LogLevel.Information, "Administration: {Who} from {Address} replaced the configuration {Before} by {After}", EventName = nameof(Replaced))]
        public static partial void Replaced(ILogger logger, string who, string address, string before, string after);

        [LoggerMessage(621, LogLevel.Warning, "Administration: {Who} from {Address} wanted another configuration; it is refused for {Errors} errors", EventName = nameof(Refused))]
        public static partial void Refused(ILogger logger, string who, string address, int errors);

        [LoggerMessage(622, LogLevel.Information, "Administration: {Who} from {Address} wanted to replace a configuration that isn't the one in place any more", EventName = nameof(Outdated))]
        public static partial void Outdated(ILogger logger, string who, string address);

        [LoggerMessage(623, LogLevel.Error, "Administration: the configuration that {Who} from {Address} sent is good, but can't be written: {Error}", EventName = nameof(NotWritten))]
        public static partial void NotWritten(ILogger logger, string who, string address, string error);

        [LoggerMessage(624, LogLevel.Information, "Administration: {Who} from {Address} cleared the region {Region}", EventName = nameof(Cleared))]
        public static partial void Cleared(ILogger logger, string who, string address, string region);

        [LoggerMessage(625, LogLevel.Warning, "Administration: {Who} from {Address} may not {Method} {Path}", EventName = nameof(Kept))]
        public static partial void Kept(ILogger logger, string who, string address, string method, string? path);
    }
}
