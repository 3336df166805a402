using System.Text;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Gateway.Features.Authentication.JwtBearer;

/// <summary>
/// An issuer's metadata and keys, as it published them last. They are read when the first token comes, again when they have become old, and
/// when a token names a key that isn't among them, though not more often than the pace allows. What was read once stays in force while the
/// issuer is away; what it withdrew is gone with the next reading. One reading at a time, tied to no request. Thread-safe.
/// </summary>
internal sealed partial class IssuerKeys(string address, IDocumentRetriever documents, IssuerPace pace, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private OpenIdConnectConfiguration? _current;
    private Task? _reading;
    private string _fingerprint = "";
    private long _version;
    private long _oldFrom;
    private DateTimeOffset _askableFrom;
    private bool _isAway;

    /// <summary>Grows whenever the issuer published something else than before. Asking for it starts a reading that is due.</summary>
    /// <remarks>The first reading changes nothing: no token was accepted by the issuer's keys before it.</remarks>
    public long Version
    {
        get
        {
            if (Volatile.Read(ref _current) is not null && IsOld()) _ = RefreshAsync();
            return Volatile.Read(ref _version);
        }
    }

    /// <summary>What is known; waits only while nothing is. Null when the issuer couldn't be asked yet.</summary>
    public async ValueTask<OpenIdConnectConfiguration?> GetAsync()
    {
        if (Volatile.Read(ref _current) is null) await RefreshAsync();
        else if (IsOld()) _ = RefreshAsync();
        return Volatile.Read(ref _current);
    }

    /// <summary>Reads the keys once more, unless that was done a moment ago; joins a reading under way. Never fails.</summary>
    public Task RefreshAsync()
    {
        lock (_lock)
        {
            if (_reading is not null) return _reading;
            var now = time.GetUtcNow();
            if (now < _askableFrom) return Task.CompletedTask;
            _askableFrom = now + (_current is null ? pace.WithoutKeys : pace.BetweenReadings);
            return _reading = Task.Run(ReadAsync);
        }
    }

    private bool IsOld() => time.GetUtcNow().UtcTicks >= Volatile.Read(ref _oldFrom);

    private async Task ReadAsync()
    {
        try
        {
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);
            if (read.SigningKeys.Count == 0) throw new InvalidOperationException("The issuer publishes no keys.");
            Take(read);
        }
        catch (Exception e)
        {
            // Whatever is wrong over there, the keys that are known stay in force.
            Keep(e);
        }
    }

    private void Take(OpenIdConnectConfiguration read)
    {
        var fingerprint = Fingerprint(read);
        lock (_lock)
        {
            _reading = null;
            var now = time.GetUtcNow();
            if (_current is null) _askableFrom = now; // the pace is for what comes after
            Volatile.Write(ref _oldFrom, (now + pace.UntilOld).UtcTicks);
            if (_isAway) Log.Back(logger, address);
            _isAway = false;
            if (fingerprint == _fingerprint) return;
            _fingerprint = fingerprint;
            if (_current is not null) Volatile.Write(ref _version, _version + 1);
            Volatile.Write(ref _current, read);
            Log.Read(logger, read.SigningKeys.Count, address);
        }
    }

    private void Keep(Exception failure)
    {
        lock (_lock)
        {
            _reading = null;
            if (!_isAway) Log.Away(logger, address, failure);
            _isAway = true;
        }
    }

    private static string Fingerprint(OpenIdConnectConfiguration read)
    {
        var text = new StringBuilder(read.Issuer);
        foreach (var key in read.JsonWebKeySet.Keys)
            text.Append('\n').AppendJoin('|', key.Kid, key.Kty, key.Alg, key.Use, key.N, key.E, key.Crv, key.X, key.Y, string.Join(',', key.X5c));
        return text.ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Information, "Read {Count} keys of {Issuer}", EventName = nameof(Read))]
        public static partial void Read(ILogger logger, int count, string issuer);

        [LoggerMessage(2001, LogLevel.Warning, "The keys of {Issuer} can't be read; those that are known stay in force", EventName = nameof(Away))]
        public static partial void Away(ILogger logger, string issuer, Exception failure);

        [LoggerMessage(2002, LogLevel.Information, "The keys of {Issuer} can be read again", EventName = nameof(Back))]
        public static partial void Back(ILogger logger, string issuer);
    }
}
