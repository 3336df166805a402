using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Features.HttpHandlers;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.HttpHandlers;

/// <summary>How a route's connections are made (contract 06 §5; 00).</summary>
public sealed class HttpHandlerTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 302)]
    [InlineData(""" "HttpHandlerOptions": { "AllowAutoRedirect": true } """, 200)]
    public async Task Passes_redirects_on_unless_it_is_to_follow_them(string options, int status)
    {
        await using var service = await StubService.StartAsync(http =>
        {
            if (http.Request.Path == "/d") http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", options);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Keeps_to_the_connections_that_a_route_may_have()
    {
        var (now, most) = (0, 0);
        var two = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(async http =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await two.Task;
            Interlocked.Decrement(ref now);
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "HttpHandlerOptions": { "MaxConnectionsPerServer": 2 } """);

        var answers = Enumerable.Range(0, 6).Select(_ => gateway.GetAsync("/a")).ToArray();
        await Eventually.TrueAsync(() => Volatile.Read(ref now) == 2, "two requests are at the service");
        two.SetResult();
        await Task.WhenAll(answers);

        Assert.Equal(2, most);
        Assert.Equal(6, service.Seen.Count);
    }

    [Theory]
    [InlineData(""" "PooledConnectionLifetimeSeconds": 0 """, 3)]
    [InlineData(""" "MaxConnectionsPerServer": 0 """, 1)]
    public async Task Uses_a_connection_again_while_it_may_live(string options, int connections)
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await using var service = await StubService.StartAsync(http =>
        {
            seen.TryAdd(http.Connection.Id, 0);
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", $$""" "HttpHandlerOptions": { {{options}} } """);

        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.GetAsync("/a");
            await answer.Content.LoadIntoBufferAsync(Stopping);
        }

        Assert.Equal(connections, seen.Count);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""" "HttpHandlerOptions": { "UseProxy": true } """, true)]
    public void Uses_the_environments_proxy_only_where_it_is_told(string options, bool usesProxy)
    {
        var feature = new HttpHandlerFeature(TimeProvider.System);
        using var services = new ServiceCollection().BuildServiceProvider();
        var route = new RouteBuilder("a", new SnapshotBuilder(services, new SharedResources(), RefusalStyle.Default));

        feature.Compile(Sections.Of(options, Levels.Route, [.. feature.Keys]), route);

        Assert.Equal(usesProxy, route.Transport.UseProxy);
    }

    [Theory]
    [InlineData("a", 200)]
    [InlineData("b", 302)]
    public async Task Applies_the_global_section_to_the_routes_it_names(string route, int status)
    {
        await using var service = await StubService.StartAsync(http =>
        {
            if (http.Request.Path == "/d") http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{TestGateway.Route(service.Port, "/a", "/d", "\"Key\": \"a\"")}}, {{TestGateway.Route(service.Port, "/b", "/d", "\"Key\": \"b\"")}} ],
              "GlobalConfiguration": { "HttpHandlerOptions": { "AllowAutoRedirect": true, "RouteKeys": ["a"] } } }
            """);

        using var answer = await gateway.GetAsync($"/{route}");

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Refuses_one_jar_of_cookies_for_all_clients()
    {
        const string Options = """ "HttpHandlerOptions": { "UseCookieContainer": true } """;

        var refused = (await ConfigurationCheck.ProblemsOfRouteAsync(Options)).OnlyError();
        var tolerated = (await ConfigurationCheck.ProblemsOfRouteAsync(Options, """ "Compatibility": "Ocelot25" """)).OnlyWarning();

        Assert.Equal("Routes[0].HttpHandlerOptions.UseCookieContainer", refused.Path);
        Assert.Equal(refused.Path, tolerated.Path);
    }

    [Fact]
    public async Task Under_compatibility_keeps_cookies_as_Ocelot_does()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "session=1; path=/";
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(
            service, "/a", "/d", """ "HttpHandlerOptions": { "UseCookieContainer": true } """, """ "Compatibility": "Ocelot25" """);

        await gateway.GetAsync("/a");
        await gateway.GetAsync("/a");

        Assert.Equal("session=1", service.Last["Cookie"]);
    }

    [Fact]
    public async Task Refuses_a_certificate_that_no_trusted_authority_has_issued()
    {
        await using var service = await TlsService.StartAsync();
        await using var gateway = await StartAsync(service, "");

        using var answer = await gateway.GetAsync("/a");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stopping));

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("connection_failed", body.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Accepts_any_certificate_where_the_route_says_so_and_warns()
    {
        await using var service = await TlsService.StartAsync();
        await using var gateway = await StartAsync(service, """ "DangerousAcceptAnyServerCertificateValidator": true """);

        using var answer = await gateway.GetAsync("/a");
        var warning = (await ConfigurationCheck.ProblemsOfRouteAsync(""" "DangerousAcceptAnyServerCertificateValidator": true """)).OnlyWarning();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Routes[0].DangerousAcceptAnyServerCertificateValidator", warning.Path);
    }

    [Fact]
    public async Task Trusts_the_authority_that_the_route_names_and_no_other()
    {
        await using var service = await TlsService.StartAsync();
        await using var other = await TlsService.StartAsync();
        await using var trusting = await StartAsync(service, $$""" "HttpHandlerOptions": { "TrustedAuthorities": "{{service.AuthorityFile}}" } """);
        await using var mistaken = await StartAsync(service, $$""" "HttpHandlerOptions": { "TrustedAuthorities": "{{other.AuthorityFile}}" } """);

        using var answer = await trusting.GetAsync("/a");
        using var refused = await mistaken.GetAsync("/a");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadGateway), (answer.StatusCode, refused.StatusCode));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("encrypted")]
    [InlineData("pfx")]
    public async Task Shows_its_own_certificate_to_a_service_that_asks(string form)
    {
        await using var service = await TlsService.StartAsync(demandsCertificate: true);
        var certificate = form switch
        {
            "pem" => $$""" "ClientCertificate": "{{service.ClientFile}}", "ClientCertificateKey": "{{service.ClientKeyFile}}" """,
            "encrypted" => $$""" "ClientCertificate": "{{service.ClientFile}}", "ClientCertificateKey": "{{service.EncryptedClientKeyFile}}", "ClientCertificatePassword": "secret" """,
            _ => $$""" "ClientCertificate": "{{service.ClientPfxFile}}", "ClientCertificatePassword": "secret" """,
        };
        await using var gateway = await StartAsync(
            service, $$""" "HttpHandlerOptions": { "TrustedAuthorities": "{{service.AuthorityFile}}", {{certificate}} } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal("CN=gateway", await answer.Content.ReadAsStringAsync(Stopping));
    }

    [Fact]
    public async Task Refuses_files_that_hold_no_certificate()
    {
        await using var service = await TlsService.StartAsync();
        var garbage = service.Write("garbage.pem", "not a certificate");
        var cases = new[]
        {
            (""" "TrustedAuthorities": "/nowhere/ca.pem" """, "TrustedAuthorities", "can't be read"),
            ($$""" "TrustedAuthorities": "{{garbage}}" """, "TrustedAuthorities", "can't be read"),
            ($$""" "ClientCertificate": "{{service.ClientFile}}" """, "ClientCertificate", "can't be read"),
            ($$""" "ClientCertificate": "{{service.ClientPfxFile}}", "ClientCertificatePassword": "wrong" """, "ClientCertificate", "can't be read"),
            (""" "ClientCertificatePassword": "secret" """, "ClientCertificate", "is missing"),
        };

        foreach (var (options, property, message) in cases)
        {
            var problem = (await ConfigurationCheck.ProblemsOfRouteAsync($$""" "HttpHandlerOptions": { {{options}} } """)).OnlyError();
            Assert.Equal($"Routes[0].HttpHandlerOptions.{property}", problem.Path);
            Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(""" "HttpHandlerOptions": { "PooledConnectionLifetimeSeconds": -1 } """, "HttpHandlerOptions.PooledConnectionLifetimeSeconds")]
    [InlineData(""" "HttpHandlerOptions": { "UseProxy": "maybe" } """, "HttpHandlerOptions.UseProxy")]
    public async Task Refuses_values_that_make_no_sense(string options, string path) =>
        Assert.Equal($"Routes[0].{path}", (await ConfigurationCheck.ProblemsOfRouteAsync(options)).OnlyError().Path);

    [Fact]
    public async Task Takes_what_has_no_effect_here() =>
        Assert.DoesNotContain(
            await ConfigurationCheck.ProblemsOfRouteAsync(""" "HttpHandlerOptions": { "UseTracing": true } """), p => p.Severity == Severity.Error);

    private static Task<TestGateway> StartAsync(TlsService service, string more) => TestGateway.StartAsync($$"""
        { "Routes": [ {
            "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/d", "DownstreamScheme": "https",
            "DownstreamHostAndPorts": [ { "Host": "localhost", "Port": {{service.Port}} } ]{{(more.Length > 0 ? ", " : "")}}{{more}} } ] }
        """);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
    }
}
