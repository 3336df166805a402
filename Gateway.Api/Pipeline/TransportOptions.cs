namespace Gateway.Pipeline;

/// <summary>How connections to destinations are made. Routes with equal options share one pool (contract 06 §5).</summary>
internal sealed record TransportOptions
{
    public static readonly TransportOptions Default = new();

    private static readonly string DefaultKey = Default.ToString();

    /// <summary>Follow 3xx answers instead of passing them on.</summary>
    public bool AllowAutoRedirect { get; init; }

    /// <summary>Use the proxy that the environment names.</summary>
    public bool UseProxy { get; init; }

    /// <summary>Connections to one address at most.</summary>
    public int MaxConnectionsPerServer { get; init; } = int.MaxValue;

    /// <summary>How long a pooled connection lives; bounds how old a resolved name can be.</summary>
    public TimeSpan PooledConnectionLifetime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Accept any server certificate: <c>DangerousAcceptAnyServerCertificateValidator</c>.</summary>
    public bool AcceptAnyCertificate { get; init; }

    /// <summary>Authorities to trust in place of the machine's; null: the machine's.</summary>
    public Certificates? TrustedAuthorities { get; init; }

    /// <summary>What the gateway shows to services that ask for a certificate, with its key; null: nothing.</summary>
    public Certificates? ClientCertificate { get; init; }

    /// <summary>Keep the cookies that services set and send them again, whoever the client is.</summary>
    public bool UseCookies { get; init; }

    /// <summary>Set where a pool must not be shared: a limit of connections is a route's own.</summary>
    public string? Owner { get; init; }

    /// <summary>The same text for the same options. Most routes have the default ones, and needn't spell them out.</summary>
    public string AsKey() => ReferenceEquals(this, Default) ? DefaultKey : ToString();
}
