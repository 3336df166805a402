namespace Samples.Quickstart;

/// <summary>The life of the demo: all parts start at once, are ready, run, and stop together.</summary>
internal sealed class Demo(Place place, IReadOnlyList<Part> parts, TextWriter lines)
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    /// <summary>Runs until told to stop.</summary>
    /// <param name="whenReady">Is told the process ids by the names of the parts, once all of them are ready.</param>
    /// <param name="ports">The ports that must be free.</param>
    /// <param name="stop">Ends the demo.</param>
    /// <exception cref="QuickstartException">A port is taken, a part doesn't get ready, or one fails.</exception>
    public async Task RunAsync(Action<IReadOnlyDictionary<string, int>> whenReady, Ports ports, CancellationToken stop)
    {
        ports.MustBeFree();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var children = new List<Child>();
        try
        {
            foreach (var part in parts) children.Add(new Child(part, place, lines));
            var failure = Task.WhenAny(children.Select(child => FailureAsync(child, ending.Token))).Unwrap();
            await FirstOf(ReadyAsync(stop), failure);
            whenReady(children.ToDictionary(child => child.Part.Name, child => child.Id));
            await FirstOf(Task.Delay(Timeout.Infinite, stop), failure);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await lines.WriteLineAsync("\nStopping …");
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(children.Select(child => child.StopAsync(StopWithin)));
            foreach (var child in children) child.Dispose();
        }
    }

    /// <summary>
    /// Throws when the part ends in error. One that somebody has stopped on purpose is let go: the gateway does without it.
    /// </summary>
    private async Task FailureAsync(Child child, CancellationToken ending)
    {
        var code = await child.EndAsync();
        ending.ThrowIfCancellationRequested();
        if (code != 0 || child.Part.Name == "gateway")
            throw new QuickstartException(
                $"{child.Part.Name} has ended with exit code {code}; what it said is above. Everything else is stopped.");

        await lines.WriteLineAsync($"{child.Part.Name} has been stopped; everything else goes on.");
        await Task.Delay(Timeout.Infinite, ending);
    }

    private async Task ReadyAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ReadyWithin);
        using var http = new HttpClient();
        await Task.WhenAll(parts.Select(part => ReadyAsync(http, part, limit.Token, stop)));
    }

    private static async Task ReadyAsync(HttpClient http, Part part, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            while (!await AnswersAsync(http, part.Ready, limit)) await Task.Delay(AskEvery, limit);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new QuickstartException(
                $"{part.Name} isn't ready after {ReadyWithin.TotalMinutes:0} minutes: {part.Ready} doesn't answer with 200.");
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri uri, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(uri, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task FirstOf(Task awaited, Task failure) => await await Task.WhenAny(awaited, failure);
}
