using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values.Conversions;

/// <summary>One conversion of a value.</summary>
/// <param name="Name">The conversion as it was written.</param>
/// <param name="Apply">The converted value, or null when the value can't be converted.</param>
internal sealed record Conversion(string Name, Func<JsonValue, JsonValue?> Apply)
{
    /// <summary>Whether it takes an array.</summary>
    public bool TakesArrays { get; init; }

    /// <summary>Does the same for most values without holding them; null where there is no such way.</summary>
    public PassingConversions.Pass? Pass { get; init; }

    /// <summary>The conversion that takes this one back, where there is one.</summary>
    public string? Inverse { get; init; }
}
