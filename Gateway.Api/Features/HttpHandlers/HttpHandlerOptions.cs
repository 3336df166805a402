using Gateway.Configuration;

namespace Gateway.Features.HttpHandlers;

/// <summary>How connections to a service are made (contract 06 §5). Route and global values combine property by property.</summary>
internal sealed record HttpHandlerOptions
{
    /// <summary>Follow 3xx answers instead of passing them on; default false.</summary>
    public bool? AllowAutoRedirect { get; init; }

    /// <summary>Connections to one address at most; 0 or less, as by default: no limit. A route with a limit has connections of its own.</summary>
    public int? MaxConnectionsPerServer { get; init; }

    /// <summary>Seconds that a connection may be used again, 0: not at all; default 120. Bounds how old a resolved name can be.</summary>
    public int? PooledConnectionLifetimeSeconds { get; init; }

    /// <summary>One jar of cookies for all clients of a route; refused, since clients would get each other's sessions. Default false.</summary>
    public bool? UseCookieContainer { get; init; }

    /// <summary>Use the proxy that the environment names; default false.</summary>
    public bool? UseProxy { get; init; }

    /// <summary>Accepted, and without effect: every call is traced.</summary>
    public bool? UseTracing { get; init; }

    /// <summary>A file of certificates, PEM or DER: the only authorities that a service's certificate may come from. Default the machine's.</summary>
    public string? TrustedAuthorities { get; init; }

    /// <summary>A file with the gateway's own certificate, PEM with its chain behind it or PKCS #12, for services that ask for one. Default none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The PEM file of the certificate's private key; default the file of the certificate.</summary>
    public string? ClientCertificateKey { get; init; }

    /// <summary>What the private key is encrypted with; default nothing. Better written as <c>${NAME}</c>.</summary>
    public string? ClientCertificatePassword { get; init; }

    /// <summary>The routes, by their <c>Key</c>, that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
