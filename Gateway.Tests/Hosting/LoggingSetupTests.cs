using System.Text.Json;
using Gateway.Hosting;
using NLog;
using NLog.Config;
using NLog.Targets;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace Gateway.Tests.Hosting;

public sealed class LoggingSetupTests
{
    [Theory]
    [InlineData("Gateway.Any", Level.Information)]
    [InlineData("Microsoft.AspNetCore.Any", Level.Warning)]
    [InlineData("Yarp.Any", Level.Error)]
    public void Logs_at_levels_that_suit_a_gateway_where_nothing_is_configured(string category, Level lowest) => Assert.Equal(lowest, LowestOf(category));

    [Fact]
    public void Respects_the_levels_of_the_configuration()
    {
        Assert.Equal(Level.Debug, LowestOf("Microsoft.AspNetCore.Any", ("Logging:LogLevel:Microsoft.AspNetCore", "Debug")));
        Assert.Equal(Level.Error, LowestOf("Gateway.Any", ("Logging:LogLevel:Default", "Error")));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public void Never_writes_the_frameworks_lines_with_whole_urls(string environment)
    {
        using var app = Build(environment, ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();

        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(Level.Information));
        Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.Other").IsEnabled(Level.Information));
    }

    [Fact]
    public void Writes_a_line_of_json_for_each_event()
    {
        var line = JsonDocument.Parse(Render("nlog.config")).RootElement;

        Assert.Equal("warn", line.GetProperty("level").GetString());
        Assert.Equal("Gateway.Any", line.GetProperty("logger").GetString());
        Assert.Equal("Lost \"cart\"", line.GetProperty("message").GetString());
        Assert.Equal("cart", line.GetProperty("Service").GetString());
        Assert.Equal("ServiceLost", line.GetProperty("event").GetString());
        Assert.Equal(42, line.GetProperty("eventId").GetInt32());
        Assert.Contains("boom", line.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.False(line.TryGetProperty("scope", out _));
        Assert.Equal(TimeSpan.Zero, line.GetProperty("time").GetDateTimeOffset().Offset);
    }

    [Fact]
    public void Writes_readable_lines_in_development() =>
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3} WARN  Any: Lost ""cart""\r?\nSystem\.InvalidOperationException: boom", Render("nlog.Development.config"));

    private static string Render(string file)
    {
        using var factory = new LogFactory();
        var configuration = new XmlLoggingConfiguration(Path.Combine(AppContext.BaseDirectory, file), factory);
        var entry = LogEventInfo.Create(NLog.LogLevel.Warn, "Gateway.Any", new InvalidOperationException("boom"), null, "Lost \"{Service}\"", ["cart"]);
        entry.Properties["EventId_Id"] = 42;
        entry.Properties["EventId_Name"] = "ServiceLost";
        return configuration.FindTargetByName<ConsoleTarget>("console")!.Layout.Render(entry);
    }

    private static Level LowestOf(string category, params (string Key, string Value)[] settings)
    {
        using var app = Build("Production", settings);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        return Enum.GetValues<Level>().First(logger.IsEnabled);
    }

    private static WebApplicationHandle Build(string environment, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        return new WebApplicationHandle(builder.AddGatewayLogging().Build());
    }

    private sealed class WebApplicationHandle(WebApplication app) : IDisposable
    {
        public IServiceProvider Services => app.Services;

        public void Dispose() => ((IDisposable)app).Dispose();
    }
}
