using System.Net;
using System.Net.Http.Headers;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Requests with tokens, and routes that ask for them.</summary>
internal static class AuthenticatedRequests
{
    public const string ByBearer = """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"] } """;

    public static Task<HttpResponseMessage> GetAsync(this TestGateway gateway, string target, string? token) =>
        gateway.SendAsync(HttpMethod.Get, target, token);

    public static Task<HttpResponseMessage> SendAsync(this TestGateway gateway, HttpMethod method, string target, string? token)
    {
        var request = new HttpRequestMessage(method, target);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return gateway.SendAsync(request);
    }

    public static async Task<HttpStatusCode> StatusAsync(this TestGateway gateway, string? token, string target = "/a")
    {
        using var answer = await gateway.GetAsync(target, token);
        return answer.StatusCode;
    }
}
