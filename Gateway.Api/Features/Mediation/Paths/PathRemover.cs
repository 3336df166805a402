using System.Text;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Paths;

/// <summary>Takes the values of several paths out of a body that is in memory, all at once: no path sees what another took away (A10).</summary>
internal static class PathRemover
{
    public static JsonValue Remove(JsonValue body, IReadOnlyList<JsonPath> paths) =>
        paths.Count == 0 ? body : Remove(body, PathAutomaton.Compile(paths));

    private static JsonValue Remove(JsonValue value, PathState state)
    {
        if (state.IsEnd) return value;
        switch (value)
        {
            case JsonObject o:
                var members = new List<KeyValuePair<string, JsonValue>>(o.Members.Count);
                foreach (var (name, member) in o.Members)
                {
                    var next = state.Next(state.Find(new JsonToken(JsonTokenKind.Name, Encoding.UTF8.GetBytes(name))));
                    if (!next.IsMatch) members.Add(new(name, Remove(member, next)));
                }
                return new JsonObject(members);
            case JsonArray array:
                var items = new List<JsonValue>(array.Items.Count);
                for (var i = 0; i < array.Items.Count; i++)
                {
                    var next = state.Element(i, array.Items.Count);
                    if (!next.IsMatch) items.Add(Remove(array.Items[i], next));
                }
                return new JsonArray(items);
            default:
                return value;
        }
    }
}
