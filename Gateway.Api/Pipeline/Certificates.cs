using System.Security.Cryptography.X509Certificates;

namespace Gateway.Pipeline;

/// <summary>Certificates from files. Equal, and printed alike, when they hold the same certificates: a file replaced is another value.</summary>
internal sealed class Certificates(X509Certificate2Collection items) : IEquatable<Certificates>
{
    private readonly string _thumbprints = string.Join(',', items.Select(c => c.Thumbprint));

    public X509Certificate2Collection Items { get; } = items;

    public bool Equals(Certificates? other) => other is not null && _thumbprints == other._thumbprints;

    public override bool Equals(object? obj) => Equals(obj as Certificates);

    public override int GetHashCode() => _thumbprints.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _thumbprints;
}
