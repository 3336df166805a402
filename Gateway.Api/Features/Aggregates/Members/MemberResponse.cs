using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Aggregates.Members;

/// <summary>A member's answer, kept in memory. Runs what the member's steps left to be done when the answer begins and ends.</summary>
/// <param name="buffer">Gets the body.</param>
internal sealed class MemberResponse(BoundedBuffer buffer) : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();

    public IHttpResponseBodyFeature BodyFeature { get; } = new StreamResponseBodyFeature(buffer);

    public override bool HasStarted => buffer.Length > 0;

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    /// <summary>Ends the writing: what was left for the beginning of the answer is done now.</summary>
    public async Task FinishAsync()
    {
        await BodyFeature.CompleteAsync();
        await RunAsync(_starting);
    }

    public Task CompleteAsync() => RunAsync(_completed);

    private static async Task RunAsync(Stack<(Func<object, Task> Callback, object State)> callbacks)
    {
        while (callbacks.TryPop(out var next)) await next.Callback(next.State);
    }
}
