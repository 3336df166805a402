namespace Gateway.Features.Aggregates;

/// <summary>An entry of <c>RouteKeysConfig</c>: a member that is called once for each value in the first member's answer. All are required.</summary>
internal sealed record RouteKeyConfig
{
    /// <summary>The member's key; not the first one's.</summary>
    public string? RouteKey { get; init; }

    /// <summary>Where the values are in the first member's answer: a JSONPath.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The placeholder of the member's <c>DownstreamPathTemplate</c> that gets the value.</summary>
    public string? Parameter { get; init; }
}
