using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>
/// A service that speaks bytes, for answers that no HTTP server would give. Each connection is handed to the script with the request's head
/// already read; the connection is closed when the script ends.
/// </summary>
internal sealed class RawService : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly Task _accepting;

    private RawService(Func<RawConnection, Task> script)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(script);
    }

    public int Port { get; }

    /// <summary>The heads of all requests, as they came over the wire.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    public static RawService Start(Func<RawConnection, Task> script) => new(script);

    /// <summary>Always gives this answer; <c>\n</c> is written as CRLF.</summary>
    public static RawService Start(string answer) => new(connection => connection.SendAsync(answer.ReplaceLineEndings("\r\n")));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<RawConnection, Task> script)
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), script));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<RawConnection, Task> script)
    {
        using (client)
        {
            try
            {
                var connection = new RawConnection(client, _stopping.Token);
                if (await connection.ReadHeadAsync() is not { } head) return;
                _heads.Enqueue(head);
                await script(connection with { Head = head });
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The gateway closed its side, or the test is over.
            }
        }
    }
}

/// <summary>One connection to a <see cref="RawService"/>.</summary>
internal sealed record RawConnection(TcpClient Client, CancellationToken Stopping)
{
    public string Head { get; init; } = "";

    public NetworkStream Stream { get; } = Client.GetStream();

    public Task SendAsync(string latin1) => Stream.WriteAsync(Encoding.Latin1.GetBytes(latin1), Stopping).AsTask();

    /// <summary>Reads up to and including the empty line; null when the peer closed before.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await Stream.ReadAsync(one, Stopping) == 0) return null;
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    /// <summary>Waits until the peer has closed its side.</summary>
    public async Task UntilClosedAsync()
    {
        var buffer = new byte[4096];
        while (await Stream.ReadAsync(buffer, Stopping) > 0) continue;
    }

    /// <summary>Ends the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        Client.LingerState = new LingerOption(true, 0);
        Client.Close();
    }
}
