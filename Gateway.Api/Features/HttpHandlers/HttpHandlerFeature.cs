using System.Security.Cryptography;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.HttpHandlers;

/// <summary><c>HttpHandlerOptions</c> and <c>DangerousAcceptAnyServerCertificateValidator</c>: which connections a route uses.</summary>
internal sealed class HttpHandlerFeature(TimeProvider time) : IRouteFeature
{
    private static readonly SectionKey<HttpHandlerOptions?> Options =
        new("HttpHandlerOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    /// <summary>Accept every certificate of a service, also a forged one; default false.</summary>
    private static readonly SectionKey<bool?> AcceptAnyCertificate = new("DangerousAcceptAnyServerCertificateValidator", Levels.Route);

    public IReadOnlyList<SectionKey> Keys => [Options, AcceptAnyCertificate];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate) return;

        var acceptsAny = section.ReadOwn(AcceptAnyCertificate) ?? false;
        if (acceptsAny)
            section.Warning("DangerousAcceptAnyServerCertificateValidator", "the route takes any certificate, so whoever is on the way to the service can read and change everything",
                "Name the authority of the service's certificate in 'HttpHandlerOptions.TrustedAuthorities'", ProblemCodes.UnsafeTls);
        if (section.Read(Options) is not { } options)
        {
            if (!acceptsAny) return;
            options = new HttpHandlerOptions();
        }
        var lifetime = options.PooledConnectionLifetimeSeconds ?? 120;
        if (lifetime < 0)
            section.Error("HttpHandlerOptions.PooledConnectionLifetimeSeconds", $"must not be negative, was {lifetime}", "Write 0 to use no connection twice");
        var usesCookies = options.UseCookieContainer ?? false;
        if (usesCookies)
            section.ErrorUnlessTolerant("HttpHandlerOptions.UseCookieContainer", "one jar of cookies for all clients gives one client the session of another",
                "Remove it: cookies pass between client and service by themselves", ProblemCodes.Unsupported);
        var authorities = options.TrustedAuthorities is { } file
            ? Read(section, nameof(HttpHandlerOptions.TrustedAuthorities), file, () => CertificateFiles.ReadAuthorities(file))
            : null;
        if (acceptsAny && authorities is not null)
            section.Error("DangerousAcceptAnyServerCertificateValidator", "makes 'TrustedAuthorities' worthless", "Keep one of the two", ProblemCodes.Conflict);

        var limit = options.MaxConnectionsPerServer is { } most and > 0 ? most : int.MaxValue;
        route.Transport = route.Transport with
        {
            AllowAutoRedirect = options.AllowAutoRedirect ?? false,
            UseProxy = options.UseProxy ?? false,
            MaxConnectionsPerServer = limit,
            PooledConnectionLifetime = TimeSpan.FromSeconds(Math.Max(0, lifetime)),
            AcceptAnyCertificate = acceptsAny,
            TrustedAuthorities = authorities,
            ClientCertificate = CompileOwnCertificate(section, options),
            UseCookies = usesCookies,
            Owner = limit < int.MaxValue || usesCookies ? route.Identity : null,
        };
    }

    private Certificates? CompileOwnCertificate(RouteSection section, HttpHandlerOptions options)
    {
        if (options.ClientCertificate is not { } file)
        {
            if (options.ClientCertificateKey is not null || options.ClientCertificatePassword is not null)
                section.Error("HttpHandlerOptions.ClientCertificate", "is missing: a key or a password alone is nothing to show",
                    "Name the file of the certificate", ProblemCodes.Missing);
            return null;
        }

        var own = Read(section, nameof(HttpHandlerOptions.ClientCertificate), file,
            () => CertificateFiles.ReadOwn(file, options.ClientCertificateKey, options.ClientCertificatePassword));
        if (own is { Items: [{ HasPrivateKey: false }, ..] or [] })
            section.Error("HttpHandlerOptions.ClientCertificate", $"\"{file}\" holds no certificate with a private key",
                "Name the key's file in 'ClientCertificateKey'");
        else if (own is not null && own.Items[0].NotAfter.ToUniversalTime() < time.GetUtcNow())
            section.Warning("HttpHandlerOptions.ClientCertificate", $"\"{file}\" expired on {own.Items[0].NotAfter.ToUniversalTime():u}", "Renew it");
        return own;
    }

    private static Certificates? Read(RouteSection section, string property, string file, Func<Certificates> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            section.Error($"HttpHandlerOptions.{property}", $"\"{file}\" can't be read: {e.Message}", "Name a readable file of certificates", ProblemCodes.File);
            return null;
        }
    }
}
