using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gateway.Tests.Features.HttpHandlers;

/// <summary>A real service behind TLS, with certificates of an authority of its own, and the files that a gateway needs to speak with it.</summary>
internal sealed class TlsService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("gateway-tls-");
    private int _requests;

    private TlsService(bool demandsCertificate)
    {
        using var authority = Issue("authority", null);
        using var server = Issue("localhost", authority);
        using var client = Issue("gateway", authority);
        AuthorityFile = Write("authority.pem", authority.ExportCertificatePem());
        ClientFile = Write("client.pem", client.ExportCertificatePem());
        using var key = client.GetECDsaPrivateKey()!;
        ClientKeyFile = Write("client.key", key.ExportPkcs8PrivateKeyPem());
        EncryptedClientKeyFile = Write("client-encrypted.key", key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        ClientPfxFile = Path.Combine(_files.FullName, "client.pfx");
        File.WriteAllBytes(ClientPfxFile, client.Export(X509ContentType.Pfx, "secret"));

        var trusted = X509CertificateLoader.LoadCertificate(authority.RawData);
        var own = X509CertificateLoader.LoadPkcs12(server.Export(X509ContentType.Pfx), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = own;
            https.ClientCertificateMode = demandsCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => certificate.Issuer == trusted.Subject;
        })));
        _app = builder.Build();
        _app.Run(http =>
        {
            Interlocked.Increment(ref _requests);
            return http.Response.WriteAsync(http.Connection.ClientCertificate?.Subject ?? "nobody");
        });
    }

    /// <summary>How many requests came through.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public string AuthorityFile { get; }

    public string ClientFile { get; }

    public string ClientKeyFile { get; }

    public string EncryptedClientKeyFile { get; }

    public string ClientPfxFile { get; }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<TlsService> StartAsync(bool demandsCertificate = false)
    {
        var service = new TlsService(demandsCertificate);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _files.Delete(recursive: true);
    }

    /// <summary>A file beside the others.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority is null, false, 0, true));
        if (authority is null) return request.CreateSelfSigned(from, until);

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // As long as the authority's own: a moment longer, by the clock, would be refused.
        using var issued = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
