using System.Collections.Concurrent;
using Gateway.Pipeline;

namespace Gateway.Hosting.Observing;

/// <summary>The last refusals, and how many there were of each code since the start. Thread-safe.</summary>
internal sealed class RefusalLog(TimeProvider time)
{
    private const int Kept = 200;
    private const int LongestPath = 200;

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Queue<SeenRefusal> _last = new(Kept);
    private readonly Lock _lock = new();

    /// <summary>By code.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Note(HttpContext http, Refusal refusal, string? route)
    {
        _counts.AddOrUpdate(refusal.Code, 1, static (_, count) => count + 1);
        var path = http.Request.Path.ToUriComponent();
        if (path.Length > LongestPath) path = path[..LongestPath] + "…";
        var seen = new SeenRefusal(time.GetUtcNow(), refusal.Code, http.Response.StatusCode, http.Request.Method, path, route, http.TraceIdentifier);
        lock (_lock)
        {
            if (_last.Count == Kept) _last.Dequeue();
            _last.Enqueue(seen);
        }
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SeenRefusal> Last()
    {
        lock (_lock) return [.. _last.Reverse()];
    }
}
