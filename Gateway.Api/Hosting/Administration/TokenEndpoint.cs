using System.Net.Http.Headers;
using System.Text;
using System.Threading.RateLimiting;
using Gateway.Hosting.Management;

namespace Gateway.Hosting.Administration;

/// <summary>
/// <c>POST {path}/connect/token</c>: client credentials (RFC 6749 §4.4) for the client <c>admin</c>, in the form or by Basic. Who names a
/// wrong secret ten times in a minute has to wait.
/// </summary>
internal sealed partial class TokenEndpoint(AdministrationTokens tokens, string scope, ILogger logger) : IDisposable
{
    private const int WrongSecretsAMinute = 10;

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(
        address, _ => new FixedWindowRateLimiterOptions { PermitLimit = WrongSecretsAMinute, Window = TimeSpan.FromMinutes(1) }));

    public async Task InvokeAsync(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        using (var allowed = _wrong.AttemptAcquire(address, permitCount: 0))
        {
            if (!allowed.IsAcquired)
            {
                http.Response.Headers.RetryAfter = "60";
                await AnswerAsync(http, StatusCodes.Status429TooManyRequests, new { error = "slow_down" });
                return;
            }
        }

        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var (client, secret) = Basic(http.Request.Headers.Authorization) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (form["grant_type"] != "client_credentials") await RefuseAsync(http, "unsupported_grant_type");
        else if (client != AdministrationTokens.ClientId || !tokens.IsSecret(secret))
        {
            using var counted = _wrong.AttemptAcquire(address);
            Log.Refused(logger, address);
            await RefuseAsync(http, "invalid_client");
        }
        else if (form["scope"].ToString() is { Length: > 0 } asked && asked != scope) await RefuseAsync(http, "invalid_scope");
        else
        {
            Log.Given(logger, address);
            await AnswerAsync(http, StatusCodes.Status200OK, new
            {
                access_token = tokens.Issue(scope),
                expires_in = (int)AdministrationTokens.Lifetime.TotalSeconds,
                token_type = "Bearer",
                scope,
            });
        }
    }

    public void Dispose() => _wrong.Dispose();

    private static Task RefuseAsync(HttpContext http, string error) => AnswerAsync(http, StatusCodes.Status400BadRequest, new { error });

    private static Task AnswerAsync(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(body, Json.Options, http.RequestAborted);
    }

    private static (string, string)? Basic(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var octets = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", octets, out var length)) return ("", "");
        var text = Encoding.UTF8.GetString(octets, 0, length).Split(':', 2);
        return text.Length == 2 ? (Uri.UnescapeDataString(text[0]), Uri.UnescapeDataString(text[1])) : ("", "");
    }

    private static partial class Log
    {
        [LoggerMessage(610, LogLevel.Information, "Administration: a token for {Address}", EventName = nameof(Given))]
        public static partial void Given(ILogger logger, string address);

        [LoggerMessage(611, LogLevel.Warning, "Administration: no token for {Address}, which named a wrong client or secret", EventName = nameof(Refused))]
        public static partial void Refused(ILogger logger, string address);
    }
}
