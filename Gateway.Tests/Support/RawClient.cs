using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>A client that speaks bytes, for requests that no HTTP client would send.</summary>
internal static class RawClient
{
    /// <summary>Sends the text (<c>\n</c> as CRLF) and returns everything that comes back until the server closes.</summary>
    public static async Task<string> ExchangeAsync(int port, string request)
    {
        using var client = new TcpClient();
        var stopping = TestContext.Current.CancellationToken;
        await client.ConnectAsync("127.0.0.1", port, stopping);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")), stopping);
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, stopping)) > 0;) answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // A reset ends the answer as well.
        }
        return answer.ToString();
    }
}
