namespace Gateway.Configuration;

/// <summary>
/// Notices within a second that the content of the files has changed, and says so once for each change. Events of the file system make it
/// quick; a look every half second makes it certain, where there are no events or too many. A content counts when it has stayed the same
/// for a tenth of a second, so that a file is seldom read while it is being written; one that never rests is reported as it is.
/// </summary>
internal sealed class OcelotWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Func<ContentHash, string> _look;
    private readonly Action _changed;
    private readonly TimeProvider _time;
    private readonly ContentHash _hash = new();
    private readonly Lock _lock = new();
    private readonly FileSystemWatcher? _events;
    private readonly ITimer _timer;

    private string _known;
    private string? _candidate;
    private long _candidateSince;
    private bool _isHurried;
    private bool _isDisposed;

    /// <param name="folder">Where events are awaited.</param>
    /// <param name="look">Gives the present content's hash.</param>
    /// <param name="known">The hash of the content that is known already.</param>
    /// <param name="changed">Called on a thread of the pool.</param>
    public OcelotWatcher(string folder, Func<ContentHash, string> look, string known, Action changed, TimeProvider time)
    {
        (_look, _known, _changed, _time) = (look, known, changed, time);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Timeout.InfiniteTimeSpan);
        _events = Listen(folder);
    }

    /// <summary>Tells it of a content that has been read meanwhile for another reason, and needn't be reported.</summary>
    public void Know(string hash)
    {
        lock (_lock) (_known, _candidate) = (hash, null);
    }

    public void Dispose()
    {
        _events?.Dispose();
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _timer.Dispose();
            _hash.Dispose();
        }
    }

    private FileSystemWatcher? Listen(string folder)
    {
        try
        {
            // Any name: a mounted ConfigMap swaps a link called ..data.
            var events = new FileSystemWatcher(folder);
            events.Changed += (_, e) => HurryIf(e.Name?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ?? false); // not for a log beside it
            events.Created += (_, _) => Hurry();
            events.Deleted += (_, _) => Hurry();
            events.Renamed += (_, _) => Hurry();
            events.EnableRaisingEvents = true;
            return events;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return null; // the looks alone are enough
        }
    }

    private void HurryIf(bool isOurs)
    {
        if (isOurs) Hurry();
    }

    private void Hurry()
    {
        lock (_lock)
        {
            // Once until the next look: a storm of events must not push the look out again and again.
            if (_isDisposed || _isHurried || _candidate is not null) return;
            _isHurried = true;
            _timer.Change(Soon, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        bool isNews;
        lock (_lock)
        {
            if (_isDisposed) return;
            _isHurried = false;
            isNews = IsNews(_look(_hash));
            _timer.Change(_candidate is null ? Interval : Rest, Timeout.InfiniteTimeSpan);
        }
        if (isNews) _changed();
    }

    private bool IsNews(string seen)
    {
        if (seen == _known)
        {
            _candidate = null;
            return false;
        }
        if (_candidate is null) _candidateSince = _time.GetTimestamp();
        if (seen == _candidate || (_candidate is not null && _time.GetElapsedTime(_candidateSince) >= Patience))
        {
            (_known, _candidate) = (seen, null);
            return true;
        }
        _candidate = seen;
        return false;
    }
}
