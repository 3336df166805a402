using System.Net;
using System.Text;
using Gateway.Hosting.Administration;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Hosting.Administration;

/// <summary>The tokens that the gateway gives out for its administration.</summary>
public sealed class AdministrationTokenTests
{
    [Fact]
    public async Task Gives_a_token_to_who_names_the_secret()
    {
        await using var gateway = await StartAsync();

        var (status, body) = await gateway.AskForTokenAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Bearer", body.GetProperty("token_type").GetString());
        Assert.Equal(3600, body.GetProperty("expires_in").GetInt32());
        Assert.Equal("admin", body.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Takes_the_secret_as_basic_credentials_too()
    {
        await using var gateway = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/administration/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" }),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Uri.EscapeDataString(AdministrationClient.Secret)}")));

        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("wrong", "admin", "admin", "client_credentials", "invalid_client")]
    [InlineData("", "admin", "admin", "client_credentials", "invalid_client")]
    [InlineData(AdministrationClient.Secret, "other", "admin", "client_credentials", "invalid_client")]
    [InlineData(AdministrationClient.Secret, "admin", "everything", "client_credentials", "invalid_scope")]
    [InlineData(AdministrationClient.Secret, "admin", "admin", "password", "unsupported_grant_type")]
    public async Task Gives_nothing_to_anybody_else(string secret, string client, string scope, string grant, string error)
    {
        await using var gateway = await StartAsync();

        var (status, body) = await gateway.AskForTokenAsync(secret, client, scope, grant);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(error, body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Lets_who_guesses_wait()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 10; i++) await gateway.AskForTokenAsync($"guess {i}");

        var (status, _) = await gateway.AskForTokenAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    public async Task A_token_is_good_at_another_gateway_with_the_same_secret_only()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        await using var other = await StartAsync("another secret");
        var token = await one.TokenAsync();

        using var same = await two.AdministerAsync(HttpMethod.Get, "/configuration", token);
        using var stranger = await other.AdministerAsync(HttpMethod.Get, "/configuration", token);

        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_after_an_hour()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var tokens = new AdministrationTokens("secret", time);
        var token = tokens.Issue("admin");

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await tokens.ReadAsync(token));
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(await tokens.ReadAsync(token));
    }

    [Fact]
    public async Task A_token_without_a_signature_is_none()
    {
        var tokens = new AdministrationTokens("secret", TimeProvider.System);
        var parts = tokens.Issue("admin").Split('.');
        var unsigned = Convert.ToBase64String("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8).TrimEnd('=');

        Assert.Null(await tokens.ReadAsync($"{unsigned}.{parts[1]}."));
        Assert.Null(await tokens.ReadAsync($"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}"));
    }

    private static Task<TestGateway> StartAsync(string secret = AdministrationClient.Secret) =>
        TestGateway.StartAsync("""{ "Routes": [] }""", [("Administration:Path", "/administration"), ("Administration:Secret", secret)]);
}
