using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Mediation;

/// <summary>What a plan may know about the exchange besides the body.</summary>
internal interface IMediationContext
{
    /// <summary>The service's status; null on the request side.</summary>
    int? Status { get; }

    string Method { get; }

    /// <summary>The path that the client asked for, without the query.</summary>
    string Path { get; }

    /// <summary>The client's query with its question mark; empty when there is none.</summary>
    string QueryString { get; }

    /// <summary>The type of the body that is mediated, with its parameters.</summary>
    string? ContentType { get; }

    /// <summary>Scheme and host that the client used: <c>https://gw.example.test</c>.</summary>
    string BaseUrl { get; }

    string RemoteIp { get; }

    string RequestId { get; }

    DateTimeOffset Now { get; }

    /// <summary>A header of the client's request.</summary>
    StringValues Header(string name);

    StringValues Query(string name);

    StringValues Claim(string type);

    string? RouteValue(string name);

    string? EnvironmentVariable(string name);

    Guid NewGuid();
}
