using Samples.Cart;
using Samples.ServiceDefaults;

if (HealthCheck.IsAskedFor(args)) return await HealthCheck.RunAsync(args);

var builder = DemoService.CreateBuilder(args, "cart");
builder.Services.AddSingleton<CartStore>();

var app = builder.Build();
app.UseDemoService();
app.MapCarts();
await app.RunAsync();
return 0;
