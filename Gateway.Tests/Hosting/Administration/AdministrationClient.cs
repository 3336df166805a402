using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hosting.Administration;

/// <summary>Speaks with a gateway's administration as its users do.</summary>
internal static class AdministrationClient
{
    public const string Secret = "correct horse battery staple";

    /// <summary>Host settings with the interface on, and tokens of its own.</summary>
    public static (string, string)[] Settings { get; } = [("Administration:Path", "/administration"), ("Administration:Secret", Secret)];

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    /// <summary>What the token endpoint answers.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> AskForTokenAsync(
        this TestGateway gateway, string secret = Secret, string client = "admin", string scope = "admin", string grant = "client_credentials")
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["grant_type"] = grant, ["client_id"] = client, ["client_secret"] = secret, ["scope"] = scope });
        using var answer = await gateway.Client.PostAsync("/administration/connect/token", form, Stopping);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stopping));
    }

    public static async Task<string> TokenAsync(this TestGateway gateway)
    {
        var (status, body) = await gateway.AskForTokenAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("access_token").GetString()!;
    }

    /// <param name="path">Below the administration's own.</param>
    public static async Task<HttpResponseMessage> AdministerAsync(
        this TestGateway gateway, HttpMethod method, string path, string? token, string? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, "/administration" + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await gateway.SendAsync(request);
    }

    public static async Task<HttpStatusCode> StatusAsync(this TestGateway gateway, string path)
    {
        using var answer = await gateway.GetAsync(path);
        return answer.StatusCode;
    }

    public static Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(Stopping);
}
