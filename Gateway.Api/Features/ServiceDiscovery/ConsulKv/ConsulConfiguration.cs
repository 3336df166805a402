using System.Text;
using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery.Consul;

namespace Gateway.Features.ServiceDiscovery.ConsulKv;

/// <summary>
/// The configuration that Consul keeps, where the local document says so by <c>ConfigurationKey</c>; the local document elsewhere. The
/// local one leads to Consul and is what is served, and stored, where Consul has nothing under the key yet; beyond that Consul's counts
/// alone (contract 07 §2.4 and 00). Asked by one reader at a time.
/// </summary>
internal sealed partial class ConsulConfiguration(
    IDocumentSource local, ConsulClient client, IConfiguration environment, TimeProvider time, ILogger<ConsulConfiguration> logger)
    : IDocumentSource, IAsyncDisposable
{
    /// <summary>How long a start waits for Consul: what Consul forbids must not be served because it can't be asked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _end = new();
    private StoredValue? _stored;
    private ObjectNode? _lastLocal;
    private byte[]? _lastRead;
    private bool _isLocal;
    private bool _hasBeenStored;
    private volatile Action? _changed;

    public async ValueTask<ObjectNode?> ReadAsync(ProblemList problems, CancellationToken cancellation)
    {
        var found = new ProblemList();
        var document = await local.ReadAsync(found, cancellation);
        if (await FollowAsync(document, found) is not { } stored)
        {
            problems.AddRange(found);
            _isLocal = true;
            return document;
        }
        if (!await stored.IsKnownAsync(Patience, cancellation))
        {
            problems.Error(ProblemCodes.File, new Origin(stored.Key.ToString(), 0, 0), "$",
                $"Consul at {stored.Key.Endpoint} can't be asked for the configuration: {stored.Error ?? "it doesn't answer"}",
                "Start Consul, or remove 'ConfigurationKey'");
            return null;
        }
        var root = Read(stored, problems, found);
        // What is wrong with the local document would only show at the next start.
        if (!_isLocal) problems.AddRange(found.Select(p => p with { Severity = Severity.Warning }));
        return root;
    }

    public ObjectNode? AsWritten() =>
        _stored is { Content: { } content } stored ? DocumentParser.Parse(content, stored.Key.ToString(), new ProblemList()) as ObjectNode : local.AsWritten();

    public async ValueTask<ObjectNode?> TryAsync(ObjectNode document, ProblemList problems, CancellationToken cancellation) =>
        _stored is null ? await local.TryAsync(document, problems, cancellation) : Complete(document, problems);

    public async Task WriteAsync(byte[] content, CancellationToken cancellation)
    {
        if (_stored is not { } stored)
        {
            await local.WriteAsync(content, cancellation);
            return;
        }
        try
        {
            await client.PutKeyAsync(stored.Key.Endpoint, stored.Key.Key, content, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw new IOException(e.Message, e);
        }
        stored.Know(content);
    }

    public void Accept()
    {
        if (!_isLocal) return;
        local.Accept();
        if (_stored is { Content: null } stored) _ = StoreAsync(stored.Key);
    }

    public IDisposable Watch(Action changed)
    {
        _changed = changed;
        // News that came after the first reading, and before anybody wanted to hear of it.
        if (_stored is { } stored && stored.Content != _lastRead) changed();
        return local.Watch(changed);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_stored is not null) await _stored.DisposeAsync();
        _end.Dispose();
    }

    /// <summary>Goes where the local document leads; where it can't be read at all, nothing changes.</summary>
    private async ValueTask<StoredValue?> FollowAsync(ObjectNode? document, ProblemList problems)
    {
        var key = document is null || problems.HasErrors ? null : StoredKey.Compile(document, environment, problems);
        if (_stored is not null && (document is null || problems.HasErrors)) return _stored;
        _lastLocal = document;
        if (key == _stored?.Key) return _stored;

        if (_stored is not null) await _stored.DisposeAsync();
        _hasBeenStored = false;
        return _stored = key is null ? null : new StoredValue(key, client, () => _changed?.Invoke(), time, logger);
    }

    private ObjectNode? Read(StoredValue stored, ProblemList problems, ProblemList local)
    {
        var content = _lastRead = stored.Content;
        _isLocal = content is null && !_hasBeenStored;
        if (_isLocal)
        {
            problems.AddRange(local);
            return _lastLocal;
        }

        _hasBeenStored = true;
        var file = stored.Key.ToString();
        if (content is null)
        {
            problems.Error(ProblemCodes.File, new Origin(file, 0, 0), "$", "the key has been removed from Consul",
                "Store it again; what is in use stays until then");
            return null;
        }
        if (DocumentParser.Parse(content, file, problems) is not { } root) return null;
        if (root is ObjectNode document) return Complete(document, problems);
        problems.Error(ProblemCodes.WrongType, root.Origin, "$", $"the document must be an object, was {root.Kind}",
            "Write { \"Routes\": [ … ] }");
        return null;
    }

    private ObjectNode Complete(ObjectNode stored, ProblemList problems) =>
        StoredKey.Complete((ObjectNode)new Substitution(Variables(), problems).Apply(stored, ""), _lastLocal!);

    /// <summary>What another gateway has stored meanwhile is never overwritten.</summary>
    private async Task StoreAsync(StoredKey key)
    {
        try
        {
            if (local.AsWritten() is not { } document) return;
            var isNew = await client.AddKeyAsync(key.Endpoint, key.Key, Encoding.UTF8.GetBytes(DocumentWriter.Write(document)), _end.Token);
            if (isNew) Log.Stored(logger, key);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or OperationCanceledException)
        {
            Log.NotStored(logger, key, e.Message);
        }
    }

    private Dictionary<string, string> Variables() => environment.AsEnumerable()
        .Where(v => v.Value is not null && !v.Key.Contains(':', StringComparison.Ordinal))
        .ToDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(1730, LogLevel.Information, "Consul had no configuration {Key}; it has the local one now")]
        public static partial void Stored(ILogger logger, StoredKey key);

        [LoggerMessage(1731, LogLevel.Warning, "Consul has no configuration {Key}, and the local one can't be stored: {Error}")]
        public static partial void NotStored(ILogger logger, StoredKey key, string error);
    }
}
