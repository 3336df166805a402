using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>A range of items: <c>[1:3]</c>, <c>[-2:]</c>, <c>[::2]</c>.</summary>
/// <param name="start">First index; null: from the beginning. Negative counts from the end, as for <paramref name="end"/>.</param>
/// <param name="end">Index after the last; null: to the end.</param>
/// <param name="step">Positive.</param>
internal sealed class SliceSelector(int? start, int? end, int step) : ISelector
{
    public bool IsSingle => false;

    public IEnumerable<JsonElement> Select(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) yield break;
        var length = value.GetArrayLength();
        var last = Math.Min(FromStart(end ?? length, length), length);
        for (var i = Math.Max(FromStart(start ?? 0, length), 0); i < last; i += step) yield return value[i];
    }

    private static int FromStart(int index, int length) => index < 0 ? length + index : index;
}
