using Gateway.Configuration;

namespace Gateway.Features.HealthChecks;

/// <summary><c>HealthCheck</c>: how the gateway finds out by itself which of a route's written hosts can serve. An extension.</summary>
internal sealed record HealthCheckOptions
{
    /// <summary>What is asked for with GET; an answer 200 to 299 is healthy. Default none: a connection is enough.</summary>
    public string? Path { get; init; }

    /// <summary>Milliseconds from one check to the next; default 10,000.</summary>
    public int? Interval { get; init; }

    /// <summary>Milliseconds within which the answer must be there; default 2,000.</summary>
    public int? Timeout { get; init; }

    /// <summary>Failed checks in a row after which a host is passed over; default 3.</summary>
    public int? Unhealthy { get; init; }

    /// <summary>Good checks in a row after which it is used again; default 2.</summary>
    public int? Healthy { get; init; }

    /// <summary>The <c>Key</c>s of the routes that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
