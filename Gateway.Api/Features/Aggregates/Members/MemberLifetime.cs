using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Aggregates.Members;

/// <summary>A member's request ends with the client's; cutting it off cuts nothing else.</summary>
internal sealed class MemberLifetime(CancellationToken client) : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(client);

    /// <summary>Whether the answer was cut off in the middle.</summary>
    public bool IsCut { get; private set; }

    public CancellationToken RequestAborted
    {
        get => _source.Token;
        set => throw new NotSupportedException();
    }

    public void Abort()
    {
        IsCut = true;
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
