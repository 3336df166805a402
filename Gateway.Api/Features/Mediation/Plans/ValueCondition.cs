using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Mediation.Plans;

/// <summary>
/// A condition on a header, query value or claim. One that is missing never fits; of several values, one that fits is enough (A22).
/// </summary>
internal sealed class ValueCondition(string name, IReadOnlyList<string> texts)
{
    private readonly VersionComparison?[] _comparisons = [.. texts.Select(VersionComparison.Parse)];

    public string Name { get; } = name;

    public bool Fits(StringValues values)
    {
        foreach (var value in values)
        {
            if (value is null) continue;
            for (var i = 0; i < texts.Count; i++)
            {
                if (_comparisons[i] is { } comparison ? comparison.Fits(value) : texts[i] == "*" || texts[i] == value) return true;
            }
        }
        return false;
    }
}
