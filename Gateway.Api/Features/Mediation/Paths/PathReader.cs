using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Paths;

/// <summary>Finds the values of a path in a body that is in memory. Not for <c>..name</c>, which only passing steps take.</summary>
internal static class PathReader
{
    /// <summary>The value of a path that can match one value only; null when there is none.</summary>
    public static JsonValue? First(JsonValue body, JsonPath path)
    {
        var value = body;
        foreach (var segment in path.Segments)
        {
            value = Child(value, segment);
            if (value is null) return null;
        }
        return value;
    }

    /// <summary>The values of a path, in the order of the body.</summary>
    public static List<JsonValue> All(JsonValue body, JsonPath path)
    {
        var found = new List<JsonValue>();
        Collect(body, path, 0, found);
        return found;
    }

    private static void Collect(JsonValue value, JsonPath path, int at, List<JsonValue> found)
    {
        if (at == path.Segments.Count) found.Add(value);
        else if (path.Segments[at].IsEveryElement)
        {
            if (value is not JsonArray array) return;
            foreach (var item in array.Items) Collect(item, path, at + 1, found);
        }
        else if (Child(value, path.Segments[at]) is { } child) Collect(child, path, at + 1, found);
    }

    private static JsonValue? Child(JsonValue value, PathSegment segment)
    {
        if (segment.Name is not null) return (value as JsonObject)?[segment.Name];
        if (value is not JsonArray array || segment.Index is not { } index) return null;
        var place = index < 0 ? array.Items.Count + index : index;
        return place >= 0 && place < array.Items.Count ? array.Items[place] : null;
    }
}
