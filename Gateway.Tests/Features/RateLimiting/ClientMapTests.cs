using Gateway.Features.RateLimiting;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.RateLimiting;

public sealed class ClientMapTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Forgets_clients_some_time_after_their_last_request()
    {
        var map = new ClientMap<int>(TimeSpan.FromSeconds(10), _time);
        for (var i = 0; i < 1000; i++) Touch(map, $"client {i}");
        _time.Advance(TimeSpan.FromSeconds(25));
        for (var i = 0; i < 1000; i++) Touch(map, $"later {i}");

        Assert.InRange(map.Count, 1000, 1100); // a shard that nobody asked would keep what it has
        Assert.Equal(1, Touch(map, "client 5"));
    }

    [Fact]
    public void Keeps_clients_that_come_again_in_time()
    {
        var map = new ClientMap<int>(TimeSpan.FromSeconds(10), _time);
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(i, Touch(map, "alice"));
            _time.Advance(TimeSpan.FromSeconds(9));
        }
    }

    [Fact]
    public void Stays_bounded_however_many_clients_there_are()
    {
        var map = new ClientMap<int>(TimeSpan.FromDays(1), _time, capacity: 3200);
        for (var i = 0; i < 100_000; i++) Touch(map, $"client {i}");

        Assert.InRange(map.Count, 1600, 6464);
    }

    private static int Touch(ClientMap<int> map, string name) =>
        (int)map.Update(Client.Named(name), (ref count, _) => new Admission(true, ++count)).Remaining;
}
