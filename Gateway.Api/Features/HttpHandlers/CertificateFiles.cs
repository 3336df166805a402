using System.Security.Cryptography.X509Certificates;
using Gateway.Pipeline;

namespace Gateway.Features.HttpHandlers;

/// <summary>Reads certificates from files, whatever form they have.</summary>
internal static class CertificateFiles
{
    /// <summary>Reads authorities.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It holds no certificate.</exception>
    public static Certificates ReadAuthorities(string path)
    {
        var certificates = new X509Certificate2Collection();
        if (IsPem(path)) certificates.ImportFromPemFile(path);
        else certificates.Add(X509CertificateLoader.LoadCertificateFromFile(path));
        return new Certificates(certificates);
    }

    /// <summary>Reads a certificate with its private key, first, and the certificates that lead to its authority.</summary>
    /// <param name="keyPath">Where a PEM key is; null: in the same file.</param>
    /// <inheritdoc cref="ReadAuthorities"/>
    public static Certificates ReadOwn(string path, string? keyPath, string? password)
    {
        if (!IsPem(path))
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
            return new Certificates([.. all.OrderByDescending(c => c.HasPrivateKey)]);
        }

        var own = password is null ? X509Certificate2.CreateFromPemFile(path, keyPath) : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        return new Certificates([Usable(own), .. chain.Skip(1)]);
    }

    private static bool IsPem(string path) => File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal);

    // Windows takes no key for TLS that lives in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null)
        : certificate;
}
