using System.Globalization;
using Gateway.Features.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.RateLimiting;

/// <summary>Rules and clients for tests, and requests at given times.</summary>
internal static class Limits
{
    public static readonly Client Alice = Client.Named("alice");
    public static readonly Client Bob = Client.Named("bob");

    public static RateLimitRule Rule(
        long limit, double period, double wait = 0, RateLimitAlgorithm algorithm = RateLimitAlgorithm.FixedWindow) =>
        new(algorithm, limit, TimeSpan.FromSeconds(period), TimeSpan.FromSeconds(wait), ClientKey.Address, "test");

    /// <summary>Sends a request at each of the times and tells what became of it, such as <c>"1 1 0"</c>.</summary>
    /// <param name="times">Seconds since the beginning, parted by blanks.</param>
    public static async Task<string> AtAsync(this IRateCounter counter, FakeTimeProvider time, string times)
    {
        var answers = new List<int>();
        var start = time.GetTimestamp();
        foreach (var at in times.Split(' ').Select(t => TimeSpan.FromSeconds(double.Parse(t, CultureInfo.InvariantCulture))))
        {
            if (at > time.GetElapsedTime(start)) time.Advance(at - time.GetElapsedTime(start));
            answers.Add((await counter.AdmitAsync(Alice)).IsAdmitted ? 1 : 0);
        }
        return string.Join(' ', answers);
    }
}
