using CsCheck;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;

namespace Gateway.Tests.Features.ServiceDiscovery;

public sealed class DestinationListTests
{
    // Few ids and ports, so that lists overlap; an id may stand twice, as on two of Consul's nodes.
    private static readonly Gen<Destination[]> Lists =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 1],
            (id, port, tag) => new Destination("h", port, id: $"i{id}") { Tags = [$"t{tag}"] }).Array[0, 6];

    [Fact]
    public void Says_what_was_found_with_the_objects_that_are_known() => Gen.Select(Lists, Lists).Sample((current, found) =>
    {
        var next = DestinationList.Next(current, found);

        Assert.Equal(found.Length, next.Count);
        for (var i = 0; i < found.Length; i++)
        {
            Assert.True(next[i].IsSame(found[i]));
            Assert.True(next[i] == found[i] || current.Contains(next[i]) || found.Take(i).Contains(next[i]));
        }
        foreach (var kept in current.Where(c => current.First(c.IsSame) == c && found.Any(c.IsSame)))
            Assert.Contains(kept, next);
    });

    [Fact]
    public void Stays_the_same_list_when_nothing_changed()
    {
        IReadOnlyList<Destination> current = [new("a", 1), new("b", 2)];

        Assert.Same(current, DestinationList.Next(current, [new("a", 1), new("b", 2)]));
        Assert.NotSame(current, DestinationList.Next(current, [new("b", 2), new("a", 1)]));
    }

    [Fact]
    public void Takes_a_new_object_for_an_address_whose_tags_changed()
    {
        IReadOnlyList<Destination> current = [new("a", 1) { Tags = ["v1"] }];

        var next = DestinationList.Next(current, [new("a", 1) { Tags = ["v2"] }]);

        Assert.Equal(["v2"], next[0].Tags);
    }
}
