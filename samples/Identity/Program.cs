using Samples.Identity;
using Samples.ServiceDefaults;

if (HealthCheck.IsAskedFor(args)) return await HealthCheck.RunAsync(args);

var builder = DemoService.CreateBuilder(args, "identity");
builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);
builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // keys in memory alone are what is wanted here
builder.Services.AddIdentity(builder.Configuration);

var app = builder.Build();
app.UseDemoService();
app.UseCors();
app.UseAuthentication();
app.UseAntiforgery();
app.MapLogin();
app.MapAuthorize();
app.MapToken();
app.MapEndSession();
app.MapKeyRollover();
await app.RunAsync();
return 0;
