using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Mediation.Plans;

/// <summary>For which exchanges something is meant: all of the conditions must hold (design §1, A22).</summary>
internal sealed class When
{
    public IReadOnlyList<StatusRange> Statuses { get; init; } = [];

    public IReadOnlyList<MediaRange> ContentTypes { get; init; } = [];

    public IReadOnlyList<string> Methods { get; init; } = [];

    public IReadOnlyList<ValueCondition> Headers { get; init; } = [];

    public IReadOnlyList<ValueCondition> Query { get; init; } = [];

    public IReadOnlyList<ValueCondition> Claims { get; init; } = [];

    /// <summary>Whether it holds for every exchange.</summary>
    public bool IsEmpty => Statuses.Count + ContentTypes.Count + Methods.Count + Headers.Count + Query.Count + Claims.Count == 0;

    public bool Fits(IMediationContext context) =>
        (Statuses.Count == 0 || FitsStatus(context.Status))
        && (ContentTypes.Count == 0 || FitsType(context.ContentType))
        && (Methods.Count == 0 || Methods.Contains(context.Method, StringComparer.OrdinalIgnoreCase))
        && All(Headers, context, (c, name) => c.Header(name))
        && All(Query, context, (c, name) => c.Query(name))
        && All(Claims, context, (c, name) => c.Claim(name));

    private static bool All(IReadOnlyList<ValueCondition> conditions, IMediationContext context, Func<IMediationContext, string, StringValues> values)
    {
        foreach (var condition in conditions)
            if (!condition.Fits(values(context, condition.Name))) return false;
        return true;
    }

    private bool FitsStatus(int? status)
    {
        foreach (var range in Statuses)
            if (status >= range.First && status <= range.Last) return true;
        return false;
    }

    private bool FitsType(string? type)
    {
        foreach (var range in ContentTypes)
            if (range.Includes(type)) return true;
        return false;
    }
}
