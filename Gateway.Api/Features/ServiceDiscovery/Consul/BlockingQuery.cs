using System.Runtime.CompilerServices;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>Asks one question again and again, which Consul holds back until there is news.</summary>
/// <param name="ask">Asks for what is newer than an index; 0 asks for what is there.</param>
/// <param name="pause">The pause after an answer that wasn't held back although it brought nothing new.</param>
internal sealed class BlockingQuery<T>(
    Func<long, CancellationToken, Task<ConsulAnswer<T>>> ask, TimeSpan pause, TimeProvider time) where T : class
{
    public async IAsyncEnumerable<T?> ValuesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var index = 0L;
        while (true)
        {
            var asked = time.GetTimestamp();
            var answer = await ask(index, cancellation);
            yield return answer.Value;

            var wasHeldBack = time.GetElapsedTime(asked) >= ConsulClient.Wait / 2;
            if (answer.Index <= index && !wasHeldBack) await Task.Delay(pause, time, cancellation);
            index = ConsulIndex.Next(index, answer.Index);
        }
    }
}
