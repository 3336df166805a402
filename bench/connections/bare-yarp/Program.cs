// YARP's forwarder and nothing else: every request goes to the address that is the first argument.
using Yarp.ReverseProxy.Forwarder;

var builder = WebApplication.CreateBuilder(args[1..]);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddHttpForwarder();
var app = builder.Build();

var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
using var pool = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
var forever = new ForwarderRequestConfig { ActivityTimeout = Timeout.InfiniteTimeSpan };
app.Run(async http => await forwarder.SendAsync(http, args[0], pool, forever));
app.Run();
