using Gateway.Features.Mediation.Formats;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Plans;

/// <summary>
/// Stands where a plan reads or writes another format than JSON. The value passes as it is: the bytes are read before the first step, and
/// written after the last.
/// </summary>
internal sealed class FormatStep(BodyFormat? from, BodyFormat? to) : BufferedStep
{
    /// <summary>What the body is in; null for JSON.</summary>
    public BodyFormat? From { get; } = from;

    /// <summary>What the body becomes; null for JSON.</summary>
    public BodyFormat? To { get; } = to;

    public override ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution) => new(body);

    /// <summary>Reports formats that are read elsewhere than at the beginning, or written elsewhere than at the end.</summary>
    /// <param name="steps">The steps of a side, or of an inner list.</param>
    /// <param name="isInner">Whether the list belongs to another step, where no format can be read or written at all.</param>
    /// <param name="scope">The place of the list.</param>
    public static void CheckPlaces(IReadOnlyList<Step> steps, bool isInner, PlanScope scope)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not FormatStep format) continue;
            if (isInner) scope.Invalid($"{format.Name}: Format works on the whole body", "Move it to the steps of the side");
            else if (format.From is not null && i > 0) scope.Invalid($"{format.Name} reads another format, but the body is JSON by then", "Make it the first step");
            else if (format.To is not null && i < steps.Count - 1)
                scope.Invalid($"{format.Name} writes another format, and the steps behind it can't work on that", "Make it the last step");
        }
    }
}
