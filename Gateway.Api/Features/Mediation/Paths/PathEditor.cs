using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Paths;

/// <summary>Changes the values of a path in a body that is in memory. What isn't on the way is shared between the old body and the new.</summary>
internal static class PathEditor
{
    /// <summary>Changes each value that the path matches.</summary>
    /// <param name="body">The body.</param>
    /// <param name="path">The path; not with <c>..name</c>.</param>
    /// <param name="change">What a value becomes, given the value and its JSON pointer; null takes it out of its container.</param>
    public static JsonValue Change(JsonValue body, JsonPath path, Func<JsonValue, string, JsonValue?> change) =>
        Change(body, path, 0, "", change) ?? JsonLiteral.Null;

    /// <summary>Changes each value that the path matches.</summary>
    public static async ValueTask<JsonValue> ChangeAsync(JsonValue body, JsonPath path, string pointer, Func<JsonValue, string, ValueTask<JsonValue>> change)
    {
        if (path.IsRoot) return await change(body, pointer);
        var segment = path.Segments[0];
        var rest = JsonPath.Of(path.Segments.Skip(1));
        if (segment.Name is not null)
        {
            if (body is not JsonObject o || o[segment.Name] is not { } member) return body;
            return o.With(segment.Name, await ChangeAsync(member, rest, Below(pointer, segment.Name), change));
        }
        if (body is not JsonArray array) return body;
        var items = array.Items.ToArray();
        var (from, to) = Range(segment, items.Length);
        for (var i = from; i < to; i++) items[i] = await ChangeAsync(items[i], rest, $"{pointer}/{i}", change);
        return new JsonArray(items);
    }

    /// <summary>A pointer's next token.</summary>
    public static string Below(string pointer, string name) => $"{pointer}/{JsonPointer.Escape(name)}";

    private static JsonValue? Change(JsonValue value, JsonPath path, int at, string pointer, Func<JsonValue, string, JsonValue?> change)
    {
        if (at == path.Segments.Count) return change(value, pointer);
        var segment = path.Segments[at];
        if (segment.Name is not null)
        {
            if (value is not JsonObject o || o.IndexOf(segment.Name) is not (>= 0 and var place)) return value;
            var old = o.Members[place].Value;
            var changed = Change(old, path, at + 1, Below(pointer, segment.Name), change);
            if (changed == old) return value;
            return changed is null ? o.Without(segment.Name) : o.With(segment.Name, changed);
        }

        if (value is not JsonArray array) return value;
        var (from, to) = Range(segment, array.Items.Count);
        if (from >= to) return value;
        var items = new List<JsonValue>(array.Items.Count);
        for (var i = 0; i < array.Items.Count; i++)
        {
            var item = i < from || i >= to ? array.Items[i] : Change(array.Items[i], path, at + 1, $"{pointer}/{i}", change);
            if (item is not null) items.Add(item);
        }
        return new JsonArray(items);
    }

    private static (int From, int To) Range(PathSegment segment, int count)
    {
        if (segment.Index is not { } index) return (0, count);
        var place = index < 0 ? count + index : index;
        return place >= 0 && place < count ? (place, place + 1) : (0, 0);
    }
}
