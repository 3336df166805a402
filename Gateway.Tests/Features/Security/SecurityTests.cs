using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Security;

/// <summary><c>SecurityOptions</c> (contract 06 §6, as amended by 00).</summary>
public sealed class SecurityTests
{
    private const string Remote = "X-Test-Remote";

    [Theory]
    [InlineData(""" "IPBlockedList": ["10.0.0.0/24"] """, "", "10.0.0.7", false)]
    [InlineData(""" "IPBlockedList": ["10.0.0.0/24"] """, "", "10.0.1.7", true)]
    [InlineData(""" "IPBlockedList": ["10.0.0.0/24"] """, "", "::ffff:10.0.0.7", false)]
    [InlineData(""" "IPAllowedList": ["10.0.0.0/24"] """, "", "::ffff:10.0.0.7", true)]
    [InlineData(""" "IPAllowedList": ["10.0.0.0/24"] """, "", "10.0.1.1", false)]
    [InlineData(""" "IPAllowedList": "10.0.0.7" """, "", "10.0.0.7", true)]
    [InlineData(""" "IPAllowedList": ["10.0.0.7"], "IPBlockedList": ["10.0.0.0/24"] """, "", "10.0.0.7", false)]
    [InlineData(""" "IPAllowedList": ["10.0.0.7"], "IPBlockedList": ["10.0.0.0/24"], "ExcludeAllowedFromBlocked": true """, "", "10.0.0.7", true)]
    [InlineData(""" "IPAllowedList": ["10.0.0.7"], "IPBlockedList": ["10.0.0.0/24"], "ExcludeAllowedFromBlocked": true """, "", "10.0.0.8", false)]
    [InlineData(""" "IPBlockedList": ["1.1.1.1"] """, """ "IPAllowedList": ["10.0.0.0/8"] """, "8.8.8.8", true)]
    [InlineData(""" "ExcludeAllowedFromBlocked": true """, """ "IPBlockedList": ["8.8.8.8"] """, "8.8.8.8", false)]
    [InlineData("", """ "IPBlockedList": ["8.8.8.8"] """, "8.8.8.8", false)]
    [InlineData("", """ "IPBlockedList": ["8.8.8.8"] """, "8.8.8.9", true)]
    [InlineData(""" "IPAllowedList": [], "IPBlockedList": [] """, "", "8.8.8.8", true)]
    [InlineData(""" "IPAllowedList": ["10.0.0.0/8"] """, "", "none", false)]
    [InlineData(""" "IPBlockedList": ["10.0.0.0/8"] """, "", "none", true)]
    public async Task Only_the_addresses_that_may_call_do(string route, string global, string remote, bool may)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            $$""" "SecurityOptions": { {{route}} } """, $$""" "SecurityOptions": { {{global}} } """,
            configure: services => services.AddSingleton<IStartupFilter, RemoteFromHeader>());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add(Remote, remote);

        using var answer = await gateway.SendAsync(request);

        Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(may ? 1 : 0, service.Seen.Count);
    }

    [Theory]
    [InlineData(""" "SecurityOptions": { "IPAllowedList": ["10.0.0.1", "10.0.0.300"] } """, "", "Routes[0].SecurityOptions.IPAllowedList[1]")]
    [InlineData(""" "SecurityOptions": { "IPBlockedList": ["*"] } """, "", "Routes[0].SecurityOptions.IPBlockedList[0]")]
    [InlineData("", """ "SecurityOptions": { "IPAllowedList": ["office"] } """, "GlobalConfiguration.SecurityOptions.IPAllowedList[0]")]
    public async Task Refuses_a_list_with_an_entry_that_is_no_address(string more, string global, string path)
    {
        var error = (await ConfigurationCheck.ProblemsOfRouteAsync(more, global)).OnlyError();

        Assert.Equal(path, error.Path);
    }

    /// <summary>Lets a test say where its request comes from.</summary>
    private sealed class RemoteFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.TryParse(http.Request.Headers[Remote], out var address) ? address : null;
                return rest(http);
            });
            next(app);
        };
    }
}
