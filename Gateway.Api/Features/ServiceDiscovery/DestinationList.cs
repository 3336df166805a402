using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>Turns what a registry says into the next list, without forgetting what is known of the addresses that stay.</summary>
internal static class DestinationList
{
    /// <returns>
    /// <paramref name="found"/> in its order, with the objects of <paramref name="current"/> where they are the same; the current list
    /// itself where nothing changed.
    /// </returns>
    public static IReadOnlyList<Destination> Next(IReadOnlyList<Destination> current, IReadOnlyList<Destination> found)
    {
        var known = new HashSet<Destination>(current, Sameness.Comparer);
        var next = new Destination[found.Count];
        for (var i = 0; i < next.Length; i++)
        {
            if (known.TryGetValue(found[i], out var same)) next[i] = same;
            else known.Add(next[i] = found[i]);
        }
        return next.SequenceEqual(current) ? current : next;
    }

    private sealed class Sameness : IEqualityComparer<Destination>
    {
        public static readonly Sameness Comparer = new();

        public bool Equals(Destination? x, Destination? y) => x is not null && y is not null && x.IsSame(y);

        public int GetHashCode(Destination obj) => HashCode.Combine(obj.Id, obj.Port);
    }
}
