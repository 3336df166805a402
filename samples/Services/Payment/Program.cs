using Samples.Payment;
using Samples.ServiceDefaults;

if (HealthCheck.IsAskedFor(args)) return await HealthCheck.RunAsync(args);

var builder = DemoService.CreateBuilder(args, "payment");
builder.Services.AddSingleton<PaymentLedger>();

var app = builder.Build();
app.UseDemoService();
app.MapPayments();
await app.RunAsync();
return 0;
