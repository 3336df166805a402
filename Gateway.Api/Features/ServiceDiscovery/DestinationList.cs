using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>Turns what a registry says into the next list, without forgetting what is known of the addresses that stay.</summary>
internal static class DestinationList
{
    /// <returns>
    /// <paramref name="found"/> in its order, with the objects of <paramref name="current"/> where they are the same; the current list itself
    /// where nothing changed.
    /// </returns>
    public static IReadOnlyList<Destination> Next(IReadOnlyList<Destination> current, IReadOnlyList<Destination> found)
    {
        var known = new Dictionary<string, Destination>(current.Count);
        foreach (var destination in current) known.TryAdd(NameOf(destination), destination);

        var next = new Destination[found.Count];
        for (var i = 0; i < next.Length; i++)
        {
            var name = NameOf(found[i]);
            if (known.TryGetValue(name, out var same) && same.IsSame(found[i])) next[i] = same;
            else known[name] = next[i] = found[i];
        }
        return next.SequenceEqual(current) ? current : next;
    }

    // Ids are unique within one agent only, so an address is part of the name.
    private static string NameOf(Destination destination) => $"{destination.Id}\n{destination.Authority}";
}
