using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// How the list of one service is watched. <paramref name="Lists"/> gives the list as it is now and then a list whenever it may have
/// changed, the same one again included: each says that the list is current. It throws when the registry can't be asked, and is begun anew
/// after a pause; what it gave before stays in use meanwhile.
/// </summary>
/// <param name="Identity">Everything that decides what is watched, as text: after a reload, equal texts go on with the same watch.</param>
internal sealed record ServiceWatch(string Identity, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Destination>>> Lists);
