using System.Reflection;
using Gateway.Pipeline;

namespace Gateway.Tests.Architecture;

/// <summary>Log events can be told apart by their numbers, and found in the sources by their names.</summary>
public sealed class LogEventTests
{
    private const int Hundred = 100;

    private static readonly IReadOnlyList<(string Room, string Method, LoggerMessageAttribute Event)> Events =
        [.. from type in typeof(Exchange).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            select (RoomOf(type), method.Name, attribute)];

    [Fact]
    public void Gives_each_event_a_number_of_its_own() =>
        Assert.Empty(Events.GroupBy(e => e.Event.EventId).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(e => $"{e.Room}.{e.Method}"))}"));

    [Fact]
    public void Names_each_event_as_its_method() =>
        Assert.Empty(Events.Where(e => e.Event.EventName is { } name && name != e.Method).Select(e => $"{e.Room}.{e.Method} is called {e.Event.EventName}"));

    [Fact]
    public void Gives_each_room_its_hundred()
    {
        var shared = Events.GroupBy(e => e.Event.EventId / Hundred).Select(g => g.Select(e => e.Room).Distinct().Order().ToArray()).Where(rooms => rooms.Length > 1);

        Assert.Empty(shared.Select(rooms => string.Join(" and ", rooms)));
        Assert.DoesNotContain(Events, e => e.Event.EventId < Hundred);
    }

    /// <summary>A folder of the gateway, or one of a feature.</summary>
    private static string RoomOf(Type type)
    {
        var names = type.Namespace!.Split('.');
        return names is ["Gateway", "Features", var feature, ..] ? feature : names[Math.Min(1, names.Length - 1)];
    }
}
