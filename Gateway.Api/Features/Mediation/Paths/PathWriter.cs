using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Paths;

/// <summary>Writes values into a body that is in memory, at paths of names (A08).</summary>
internal static class PathWriter
{
    /// <summary>The body with the value: missing parent objects are made, a new member goes to the end, one that is there keeps its place.</summary>
    /// <exception cref="MediationFailure">A parent is something else than an object.</exception>
    public static JsonValue Write(JsonValue body, JsonPath path, JsonValue value) => Write(body, path, 0, "", value);

    private static JsonValue Write(JsonValue? at, JsonPath path, int place, string pointer, JsonValue value)
    {
        if (place == path.Segments.Count) return value;
        if (at is not null and not JsonObject) throw MediationFailure.Unprocessable("A value that has to be an object isn't one", pointer);
        var parent = at as JsonObject ?? JsonObject.Empty;
        var name = path.Segments[place].Name!;
        return parent.With(name, Write(parent[name], path, place + 1, PathEditor.Below(pointer, name), value));
    }
}
