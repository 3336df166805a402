using Microsoft.Extensions.Configuration.Memory;
using NLog;
using NLog.Extensions.Logging;
using NLog.Web;

namespace Gateway.Hosting;

/// <summary>
/// Logging by NLog: <c>nlog.{Environment}.config</c> or <c>nlog.config</c>, in the content root or beside the program, unless the host's
/// configuration has an <c>NLog</c> section. <c>Logging:LogLevel</c> sets the levels, as everywhere in ASP.NET Core.
/// </summary>
internal static class LoggingSetup
{
    private const string Section = "NLog";

    // What holds where the configuration says nothing. The framework writes several Information lines for each request, some with whole
    // URLs, and the engine warns of each failed one with a stack; the refusals and the request log tell what anybody has to know.
    private static readonly KeyValuePair<string, string?>[] DefaultLevels =
    [
        new("Logging:LogLevel:Default", "Information"),
        new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
        new("Logging:LogLevel:System.Net.Http", "Warning"),
        new("Logging:LogLevel:Yarp", "Error"),
    ];

    /// <exception cref="FileNotFoundException">There is no configuration of NLog.</exception>
    public static WebApplicationBuilder AddGatewayLogging(this WebApplicationBuilder builder)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultLevels });
        var options = new NLogAspNetCoreOptions
        {
            RemoveLoggerFactoryFilter = false, // else Logging:LogLevel would be passed over
            CaptureEventId = EventIdCaptureType.EventId_Id | EventIdCaptureType.EventId_Name,
            IncludeActivityIdsWithBeginScope = true,
            ShutdownOnDispose = true,
            RegisterHttpContextAccessor = false,
        };
        // A factory of its own: two hosts in one process don't configure each other.
        var factory = Configure(new LogFactory(), builder.Configuration, builder.Environment);
        builder.Logging.ClearProviders();
        builder.Logging.AddNLogWeb(factory, options);
        return builder;
    }

    private static LogFactory Configure(LogFactory factory, ConfigurationManager configuration, IHostEnvironment environment)
    {
        if (configuration.GetSection(Section).GetChildren().Any())
            return factory.Setup().LoadConfigurationFromSection(configuration, Section).LogFactory;

        string[] folders = [environment.ContentRootPath, AppContext.BaseDirectory];
        string[] names = [$"nlog.{environment.EnvironmentName}.config", "nlog.config"];
        var file = names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"There is no {string.Join(" or ", names)} in {string.Join(" or ", folders)}.");
        return factory.Setup().LoadConfigurationFromFile(file, optional: false).LogFactory;
    }
}
