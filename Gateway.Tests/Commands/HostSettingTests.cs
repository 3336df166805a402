using System.Text.Json;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

/// <summary>Settings that ASP.NET Core reads by itself: a wrong one is told as any other mistake, and no stack.</summary>
public sealed class HostSettingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Warn" } } }""", "error invalid_value Logging:LogLevel:Default", "Did you mean \"Warning\"?")]
    [InlineData("""{ "Logging": { "NLog": { "LogLevel": { "Default": "Verbose" } } } }""", "error invalid_value Logging:NLog:LogLevel:Default", "Trace, Debug")]
    [InlineData("""{ "Urls": "localhost:8080" }""", "error invalid_value urls", "Write http://")]
    [InlineData("""{ "Management": { "Urls": "http://localhost:99999" } }""", "error invalid_value Management:Urls", "Write http://")]
    [InlineData("""{ "Kestrel": { "Endpoint": { } , "Endpoints": { "Http": { "Url": "tcp://*:80" } } } }""", "error invalid_value Kestrel:Endpoints:Http:Url", "Write http://")]
    [InlineData("""{ "Kestrel": { "Endpoints": { "Http": { "Uri": "http://*:80" } } } }""", "error missing Kestrel:Endpoints:Http", "\"Url\"")]
    [InlineData("""{ "Kestrel": { "Limits": { "MaxRequestBodySize": "30 MB" } } }""", "error invalid_value Kestrel:Limits:MaxRequestBodySize", "whole number")]
    [InlineData("""{ "Kestrel": { "Limits": { "KeepAliveTimeout": "two minutes" } } }""", "error invalid_value Kestrel:Limits:KeepAliveTimeout", "00:02:10")]
    [InlineData("""{ "Kestrel": { "Limit": { "MaxRequestBodySize": 1 } } }""", "warning unknown_key Kestrel:Limit", "'Limits'")]
    public async Task Are_checked_where_they_stand_beside_the_file(string settings, string problem, string fix)
    {
        _folder.Write("appsettings.json", settings);
        var file = _folder.Write("ocelot.json", """{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/a", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "a.example", "Port": 80 } ] } ] }""");

        var result = await Cli.RunAsync("check", file, "--environment", "Production", "--format", "json");

        var found = JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray()
            .ToDictionary(p => $"{p.GetProperty("severity").GetString()} {p.GetProperty("code").GetString()} {p.GetProperty("path").GetString()}", p => p.GetProperty("fix").GetString()!);
        Assert.Contains(fix, found[problem], StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_the_program_at_start_with_the_place_and_the_fix()
    {
        _folder.Write("ocelot.json", "{\n  \"Logging\": { \"LogLevel\": { \"Default\": \"Warn\" } } }");

        var result = await Cli.RunAsync("run", "--config", _folder.Path, "--urls", "http://127.0.0.1:0", "--Management:Urls=");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ocelot.json:2:41: error invalid_value: Logging:LogLevel:Default", result.Errors, StringComparison.Ordinal);
    }
}
