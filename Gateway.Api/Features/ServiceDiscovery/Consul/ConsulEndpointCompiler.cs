using Gateway.Configuration;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>
/// Finds out where Consul is. The document decides; what it leaves out comes from the environment variables that all of Consul's clients
/// read: <c>CONSUL_HTTP_ADDR</c>, <c>_TOKEN</c>, <c>_AUTH</c> and <c>_SSL</c> (contract 07 §2.1).
/// </summary>
internal static class ConsulEndpointCompiler
{
    private const string Section = "ServiceDiscoveryProvider";

    /// <returns>The endpoint, or null after a problem was reported.</returns>
    public static ConsulEndpoint? Compile(ServiceDiscoveryProviderOptions options, IConfiguration environment, DocumentSection section)
    {
        var isWritten = options.Host is not null || options.Scheme is not null || options.Port > 0;
        var address = !isWritten && environment["CONSUL_HTTP_ADDR"] is { Length: > 0 } variable
            ? FromVariable(variable, environment, section)
            : FromOptions(options, environment, section);
        return address is null
            ? null
            : new ConsulEndpoint(address, options.Token ?? Variable("CONSUL_HTTP_TOKEN"), Variable("CONSUL_HTTP_AUTH"));

        string? Variable(string name) => environment[name] is { Length: > 0 } value ? value : null;
    }

    private static Uri? FromOptions(ServiceDiscoveryProviderOptions options, IConfiguration environment, DocumentSection section)
    {
        var scheme = options.Scheme ?? DefaultScheme(environment);
        var host = options.Host ?? "localhost";
        var port = options.Port is > 0 and { } written ? written : ConsulEndpoint.DefaultPort;

        if (scheme.ToUpperInvariant() is not ("HTTP" or "HTTPS"))
            section.Error($"{Section}.Scheme", $"must be \"http\" or \"https\", was \"{scheme}\"", "Write the scheme of Consul's API");
        else if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            section.Error($"{Section}.Host", $"must be a host name or an address, was \"{host}\"",
                "Write the host alone; scheme and port have keys of their own");
        else if (port > 65535)
            section.Error($"{Section}.Port", $"must be from 1 to 65535, was {port}",
                $"Write Consul's HTTP port; its default is {ConsulEndpoint.DefaultPort}");
        else return new UriBuilder(scheme, host.Trim('[', ']'), port).Uri;
        return null;
    }

    /// <summary><c>host:port</c>, or with a scheme in front.</summary>
    private static Uri? FromVariable(string value, IConfiguration environment, DocumentSection section)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"{DefaultScheme(environment)}://{value}";
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0)
            return address.IsDefaultPort && !text.EndsWith($":{address.Port}", StringComparison.Ordinal)
                ? new UriBuilder(address) { Port = ConsulEndpoint.DefaultPort }.Uri
                : address;

        section.Error($"{Section}.Host", $"the environment variable CONSUL_HTTP_ADDR must be host:port, was \"{value}\"",
            "Set it to the address of Consul's API, or write 'Host' and 'Port' here");
        return null;
    }

    private static string DefaultScheme(IConfiguration environment) => environment["CONSUL_HTTP_SSL"] is "1" or "true" ? "https" : "http";
}
