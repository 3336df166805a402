using Samples.MyPage;
using Samples.ServiceDefaults;

if (HealthCheck.IsAskedFor(args)) return await HealthCheck.RunAsync(args);

var builder = DemoService.CreateBuilder(args, "mypage");

var app = builder.Build();
app.UseDemoService();
app.MapLegacyPage();
await app.RunAsync();
return 0;
