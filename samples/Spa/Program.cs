using Samples.ServiceDefaults;
using Samples.Spa;

if (HealthCheck.IsAskedFor(args)) return await HealthCheck.RunAsync(args);

var builder = DemoService.CreateBuilder(args, "spa");
var options = builder.Configuration.Get<SpaOptions>() ?? new SpaOptions();

var app = builder.Build();
app.UseDemoService();
app.UseSecurityHeaders(options);
app.UseFileServer();
app.MapGet("/config.json", () => TypedResults.Ok(new { gateway = options.GatewayOrigin, identity = options.IdentityOrigin }));
await app.RunAsync();
return 0;
