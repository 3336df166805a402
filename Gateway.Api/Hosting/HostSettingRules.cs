using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Gateway.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Hosting;

/// <summary>
/// Checks the settings that ASP.NET Core reads by itself, in <c>ocelot.json</c> or beside it: it passes over a misspelt name, and ends the
/// program with a stack over a wrong value.
/// </summary>
internal sealed class HostSettingRules(IConfiguration settings, ObjectNode? root, ProblemList problems)
{
    private static readonly string[] KestrelKeys =
    [
        "Endpoints", "EndpointDefaults", "Certificates", "Limits", "AddServerHeader", "AllowAlternateSchemes", "AllowHostHeaderOverride",
        "AllowResponseHeaderCompression", "AllowSynchronousIO", "DisableStringReuse",
    ];

    private readonly List<KeyValuePair<string, string?>> _instead = [];

    /// <summary>Reports what is wrong, and gives values that a host can be built with in place of those that would end it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Check()
    {
        CheckLevels();
        foreach (var key in new[] { "urls", "Management:Urls" })
            foreach (var url in (settings[key] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) CheckUrl(key, url);
        CheckKestrel();
        return _instead;
    }

    private void CheckLevels()
    {
        var logging = settings.GetSection("Logging");
        foreach (var level in logging.GetChildren().Append(logging).SelectMany(s => s.GetSection("LogLevel").GetChildren()))
        {
            if (level.Value is not { Length: > 0 } written || Enum.TryParse<LogLevel>(written, ignoreCase: true, out _)) continue;
            var names = Enum.GetNames<LogLevel>();
            Error(level.Path, $"\"{written}\" is no level of logging", Spelling.Nearest(written, names) is { } nearest ? $"Did you mean \"{nearest}\"?" : $"Write one of {string.Join(", ", names)}");
            _instead.Add(new(level.Path, nameof(LogLevel.Information)));
        }
    }

    private void CheckUrl(string key, string url)
    {
        if (!IsAddress(url)) Error(key, $"\"{url}\" is no address to listen at", "Write http:// or https://, a host, a name or * for all, and a port");
    }

    private void CheckKestrel()
    {
        var kestrel = settings.GetSection("Kestrel");
        foreach (var child in kestrel.GetChildren())
            if (!KestrelKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase) && Spelling.Nearest(child.Key, KestrelKeys) is { } nearest)
                problems.Warning(ProblemCodes.UnknownKey, PlaceOf(child.Path), child.Path, $"Kestrel doesn't read the key '{child.Key}'", $"Did you mean '{nearest}'?");
        foreach (var endpoint in kestrel.GetSection("Endpoints").GetChildren())
        {
            if (endpoint["Url"] is not { Length: > 0 } url) Error(endpoint.Path, "the endpoint has no Url", "Write \"Url\": \"http://*:8080\"", ProblemCodes.Missing);
            else CheckUrl($"{endpoint.Path}:Url", url);
        }
        foreach (var limit in kestrel.GetSection("Limits").GetChildren())
            if (limit.Value is { Length: > 0 } value && typeof(KestrelServerLimits).GetProperties().FirstOrDefault(p => p.Name.Equals(limit.Key, StringComparison.OrdinalIgnoreCase)) is { } known)
                CheckLimit(limit.Path, value, known);
    }

    private void CheckLimit(string path, string value, PropertyInfo limit)
    {
        var type = limit.PropertyType;
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            Error(path, $"\"{value}\" isn't what this limit takes", (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan) ? "Write a time such as \"00:02:10\"" : "Write a whole number");
            _instead.Add(new(path, Convert.ToString(limit.GetValue(new KestrelServerLimits()), CultureInfo.InvariantCulture)));
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme.ToUpperInvariant() is "HTTP" or "HTTPS" && address.Host.Length > 0 && address.Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private void Error(string path, string message, string fix, string code = ProblemCodes.InvalidValue) =>
        problems.Error(code, PlaceOf(path), path, message, fix);

    private Origin PlaceOf(string path) => HostSections.PlaceOf(root ?? new ObjectNode(default, []), path);
}
