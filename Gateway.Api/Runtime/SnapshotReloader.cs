using Gateway.Configuration;

namespace Gateway.Runtime;

/// <summary>
/// Turns a new configuration into the snapshot in use. What can't take effect changes nothing: the running snapshot stays, the problems are
/// logged once and shown by health. One attempt at a time.
/// </summary>
internal sealed partial class SnapshotReloader(
    IDocumentSource source, SnapshotCompiler compiler, SnapshotHolder holder, TimeProvider time, ILogger<SnapshotReloader> logger)
    : IAsyncDisposable
{
    // Long enough for a healthy registry to answer, short enough that a dead one doesn't keep the gateway down.
    private static readonly TimeSpan FirstListsWithin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private IDisposable? _watch;
    private ReloadState _state = ReloadState.None;

    public ReloadState State => Volatile.Read(ref _state);

    /// <summary>Raised after each attempt.</summary>
    public event Action<ReloadState>? Attempted;

    /// <summary>Loads the first configuration and begins to watch for the next.</summary>
    /// <returns>The problems; the gateway can serve if none of them is an error.</returns>
    public async Task<IReadOnlyCollection<Problem>> StartAsync()
    {
        var problems = await ReloadAsync();
        if (holder.Current is not null) _watch = source.Watch(() => _ = ReloadAsync());
        return problems;
    }

    /// <summary>Reads the configuration anew and puts it in use if it is good.</summary>
    public async Task<IReadOnlyCollection<Problem>> ReloadAsync()
    {
        try
        {
            await _one.WaitAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return State.Problems;
        }
        try
        {
            return await AttemptAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await _stopping.CancelAsync();
        holder.Swap(null);
    }

    private async Task<IReadOnlyCollection<Problem>> AttemptAsync()
    {
        var problems = new ProblemList();
        var snapshot = await source.ReadAsync(problems, _stopping.Token) is { } root ? compiler.Compile(root, problems) : null;
        if (snapshot is null) return Reject(problems);

        if (holder.Current?.Dynamic?.Services is { } before) snapshot.Dynamic?.Services?.Adopt(before.Names);
        foreach (var list in snapshot.Sources) list.Start();
        snapshot.SharedState?.Start();
        try
        {
            // A registry that is known to be away isn't waited for again with every reload.
            var firstLists = snapshot.Sources.Where(s => s.State.Error is null).Select(s => s.FirstList);
            await Task.WhenAll([.. firstLists, snapshot.SharedState?.FirstAttempt ?? Task.CompletedTask]).WaitAsync(FirstListsWithin, time, _stopping.Token);
        }
        catch (TimeoutException)
        {
            // A service without a first list serves what it can: nothing, until the list comes.
            foreach (var list in snapshot.Sources.Where(s => !s.FirstList.IsCompleted)) Log.NoFirstList(logger, list.State.Service, list.State.Provider);
        }
        catch (OperationCanceledException)
        {
            snapshot.Return();
            return problems;
        }

        holder.Swap(snapshot);
        source.Accept();
        Publish(new ReloadState(time.GetUtcNow(), State.Version + 1, null, problems));
        foreach (var problem in problems) Log.Warned(logger, problem);
        Log.Loaded(logger, snapshot.Settings.Routes, State.Version);
        return problems;
    }

    private ProblemList Reject(ProblemList problems)
    {
        // At start the caller tells; a running gateway says it here, once for each attempt.
        if (holder.Current is not null) Log.Rejected(logger, problems.Count, string.Join(Environment.NewLine, problems));
        Publish(State with { RejectedAt = time.GetUtcNow(), Problems = problems });
        return problems;
    }

    private void Publish(ReloadState state)
    {
        Volatile.Write(ref _state, state);
        Attempted?.Invoke(state);
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "Configuration {Version} is in use: {Routes} routes", EventName = nameof(Loaded))]
        public static partial void Loaded(ILogger logger, int routes, int version);

        [LoggerMessage(501, LogLevel.Warning, "{Problem}", EventName = nameof(Warned))]
        public static partial void Warned(ILogger logger, Problem problem);

        [LoggerMessage(502, LogLevel.Error, "The new configuration is refused, the one in use stays. {Count} problems:\n{Problems}", EventName = nameof(Rejected))]
        public static partial void Rejected(ILogger logger, int count, string problems);

        [LoggerMessage(503, LogLevel.Warning, "No list of the instances of {Service} from {Provider} yet", EventName = nameof(NoFirstList))]
        public static partial void NoFirstList(ILogger logger, string service, string provider);
    }
}
