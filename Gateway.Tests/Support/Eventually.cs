using System.Diagnostics;

namespace Gateway.Tests.Support;

/// <summary>Waits for a condition that another part of the system brings about, for a bounded time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static Task TrueAsync(Func<Task<bool>> condition, string what) => TrueAsync(condition, () => what);

    /// <param name="what">Asked for only when it didn't happen, and may tell what was still missing then.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"Did not happen within {Patience.TotalSeconds} s: {what()}");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
