using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Forwarding.WebSockets;

/// <summary>
/// One WebSocket on its way through the gateway. The engine copies its bytes; the relay sees to it that each side hears a Close at the end: the
/// other side's own, or 1001 where that broke off, nothing was sent for too long, or the gateway stops.
/// </summary>
/// <param name="idleTimeout">How long nothing may be sent in either direction; null: for ever.</param>
/// <param name="stopping">When the gateway stops.</param>
internal sealed class WebSocketRelay(HttpContext http, TimeSpan? idleTimeout, TimeProvider time, CancellationToken stopping)
    : IHttpUpgradeFeature, IHttpExtendedConnectFeature, IDisposable
{
    /// <summary>For a side to answer a Close, as every side must (RFC 6455 §5.5.1), before its connection is cut.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly IHttpUpgradeFeature? _upgrade = http.Features.Get<IHttpUpgradeFeature>();
    private readonly IHttpExtendedConnectFeature? _connect = http.Features.Get<IHttpExtendedConnectFeature>();
    private readonly CancellationToken _clientAborted = http.RequestAborted;
    private readonly CancellationTokenSource _cut = new();
    private readonly Lock _ending = new();
    private CancellationTokenRegistration _onAbort;
    private CancellationTokenRegistration _onStop;
    private ITimer? _idle;
    private long _lastSent;
    private bool _hasEnded;
    private RelayEnd? _client;
    private RelayEnd? _service;

    /// <summary>Whether client and service speak WebSocket with one another: what goes wrong from now on has no answer in HTTP.</summary>
    public bool HasBegun => _service is not null;

    bool IHttpUpgradeFeature.IsUpgradableRequest => _upgrade?.IsUpgradableRequest ?? false;

    bool IHttpExtendedConnectFeature.IsExtendedConnect => _connect?.IsExtendedConnect ?? false;

    string? IHttpExtendedConnectFeature.Protocol => _connect?.Protocol;

    /// <summary>Comes between the engine and the client. The engine would stop at once where the client has left; the service is told first.</summary>
    public void Attach()
    {
        if (_upgrade is not null) http.Features.Set<IHttpUpgradeFeature>(this);
        if (_connect is not null) http.Features.Set<IHttpExtendedConnectFeature>(this);
        http.RequestAborted = _cut.Token;
        _onAbort = _clientAborted.UnsafeRegister(static relay => ((WebSocketRelay)relay!).OnClientLeft(), this);
    }

    /// <summary>Comes between the engine and the service, where its answer begins a WebSocket.</summary>
    public void Attach(HttpResponseMessage answer)
    {
        var begins = answer.StatusCode == HttpStatusCode.SwitchingProtocols
            || (answer.StatusCode == HttpStatusCode.OK && answer.Version == HttpVersion.Version20 && answer.RequestMessage?.Method == HttpMethod.Connect);
        if (begins) answer.Content = new RelayedContent(answer.Content, this);
    }

    async Task<Stream> IHttpUpgradeFeature.UpgradeAsync() => ClientSide(await _upgrade!.UpgradeAsync());

    async ValueTask<Stream> IHttpExtendedConnectFeature.AcceptAsync() => ClientSide(await _connect!.AcceptAsync());

    /// <summary>Both sides are there.</summary>
    public Stream Begin(Stream connection)
    {
        _service = new RelayEnd(connection, isService: true, NoteSent, noteLeft: null);
        NoteSent();
        if (idleTimeout is { } limit) _idle = time.CreateTimer(static relay => ((WebSocketRelay)relay!).CheckIdle(), this, Short(limit), Timeout.InfiniteTimeSpan);
        _onStop = stopping.UnsafeRegister(static relay => ((WebSocketRelay)relay!).GoAway("The gateway is stopping"), this);
        if (_clientAborted.IsCancellationRequested) OnClientLeft();
        return _service;
    }

    /// <summary>The engine has ended: says good-bye to a side that hasn't heard why, waits for its answer, and ends the connection to the service.</summary>
    public async Task EndAsync()
    {
        Detach();
        using var limit = new CancellationTokenSource(Courtesy, time);
        using var present = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _clientAborted);
        await Task.WhenAll(
            LeaveAsync(_client!, _service!, "The service broke off the connection", present.Token),
            LeaveAsync(_service!, _client!, "The client broke off the connection", limit.Token));
        _service!.End();
    }

    public void Dispose()
    {
        Detach();
        _cut.Dispose();
    }

    private RelayEnd ClientSide(Stream connection) => _client = new RelayEnd(connection, isService: false, NoteSent, OnClientLeft);

    private void Detach()
    {
        lock (_ending) _hasEnded = true;
        _idle?.Dispose();
        _onStop.Dispose();
        _onAbort.Dispose();
        http.RequestAborted = _clientAborted;
    }

    private void NoteSent() => Volatile.Write(ref _lastSent, time.GetTimestamp());

    private void CheckIdle()
    {
        var left = idleTimeout!.Value - time.GetElapsedTime(Volatile.Read(ref _lastSent));
        if (left <= TimeSpan.Zero) GoAway("Nothing was sent for too long");
        else _idle?.Change(Short(left), Timeout.InfiniteTimeSpan);
    }

    private void GoAway(string reason)
    {
        if (!TryCutAfter(Courtesy)) return;
        _ = CloseAsync(_client!, reason);
        _ = CloseAsync(_service!, reason);
    }

    private void OnClientLeft()
    {
        if (TryCutAfter(HasBegun ? Courtesy : TimeSpan.Zero) && _service is not null) _ = CloseAsync(_service, "The client broke off the connection");
    }

    /// <returns>False where the end has come already.</returns>
    private bool TryCutAfter(TimeSpan delay)
    {
        lock (_ending)
        {
            if (_hasEnded) return false;
            _cut.CancelAfter(delay);
            return true;
        }
    }

    private async Task CloseAsync(RelayEnd side, string reason)
    {
        try
        {
            await side.CloseAsync(reason, _cut.Token);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Nobody is there to be told.
        }
    }

    private static async Task LeaveAsync(RelayEnd side, RelayEnd other, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await side.CloseAsync(reason, cancellationToken);
            await side.DrainAsync(other, cancellationToken);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Nobody is there to be told.
        }
    }

    private static bool IsLoss(Exception failure) => failure is IOException or OperationCanceledException or InvalidOperationException;

    private static TimeSpan Short(TimeSpan time) => time < LongestTimer ? time : LongestTimer;
}
