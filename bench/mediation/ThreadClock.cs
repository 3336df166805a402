using System.Globalization;

namespace Gateway.Benchmarks.Mediation;

/// <summary>Time that this thread has had a processor: what others do on the machine doesn't count.</summary>
internal static class ThreadClock
{
    public static double Seconds
    {
        get
        {
            var text = File.ReadAllText("/proc/thread-self/schedstat");
            return long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture) / 1e9;
        }
    }
}
