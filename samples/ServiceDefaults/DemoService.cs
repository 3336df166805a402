using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Samples.ServiceDefaults;

/// <summary>What every demo service has in common: quiet logs, problem bodies, <c>/health</c>, the name of the instance, Consul.</summary>
public static class DemoService
{
    /// <summary>A web application of the given service name. With <c>Consul:Address</c> set it registers itself there.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, string service)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Instance.Of(service, builder.Configuration));
        builder.Services.AddConsulRegistration(builder.Configuration);
        return builder;
    }

    /// <summary>
    /// Failures become problem+json, <c>GET /health</c> answers, and every answer names its instance in <c>X-Instance</c>, so that
    /// a caller sees which one the gateway chose.
    /// </summary>
    public static WebApplication UseDemoService(this WebApplication app)
    {
        var instance = app.Services.GetRequiredService<Instance>();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Instance"] = instance.Id;
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapGet(HealthCheck.Path, () => TypedResults.Ok(new { status = "healthy", service = instance.Service, instance = instance.Id }));
        return app;
    }
}
