namespace Gateway.Features.Aggregates.Defined;

/// <summary>What an aggregator finds in the items of a member's context.</summary>
public static class AggregateItems
{
    private static readonly object ResponseKey = new();
    private static readonly object ErrorsKey = new();
    private static readonly object RouteKeyKey = new();

    /// <summary>The member's answer; null where the gateway refused in place of the service.</summary>
    public static DownstreamResponse? DownstreamResponse(this IDictionary<object, object?> items) => Find<DownstreamResponse>(items, ResponseKey);

    /// <summary>The codes of what went wrong, such as <c>connection_failed</c>; empty where the service answered.</summary>
    public static IReadOnlyList<string> Errors(this IDictionary<object, object?> items) => Find<IReadOnlyList<string>>(items, ErrorsKey) ?? [];

    /// <summary>The member's <c>Key</c>.</summary>
    public static string RouteKey(this IDictionary<object, object?> items) => Find<string>(items, RouteKeyKey) ?? "";

    internal static void Set(IDictionary<object, object?> items, string routeKey, DownstreamResponse? response, IReadOnlyList<string> errors) =>
        (items[RouteKeyKey], items[ResponseKey], items[ErrorsKey]) = (routeKey, response, errors);

    private static T? Find<T>(IDictionary<object, object?> items, object key) where T : class
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.TryGetValue(key, out var value) ? value as T : null;
    }
}
