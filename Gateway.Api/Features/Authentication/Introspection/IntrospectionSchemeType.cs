using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>Tokens of any kind, looked up at their server (RFC 7662).</summary>
internal sealed class IntrospectionSchemeType : ISchemeType
{
    private static readonly string[] Keys =
    [
        "Authority", "IntrospectionEndpoint", "ClientId", "ClientSecret", "ClientCredentialStyle", "TokenTypeHint", "SkipTokensWithDots",
        "NameClaimType", "RoleClaimType", "EnableCaching", "CacheDuration", "CacheKeyPrefix", "SaveToken", "RequireHttpsMetadata",
        "BackChannelTimeouts", "DiscoveryPolicy",
    ];

    public string Name => "Introspection";

    public void Register(AuthenticationBuilder authentication, SchemeDeclaration scheme)
    {
        authentication.Services.AddIntrospector();
        authentication.AddScheme<IntrospectionOptions, IntrospectionHandler>(scheme.Name, options => scheme.Section.Bind(options));
    }

    public IEnumerable<SchemeFault> Faults(SchemeDeclaration scheme)
    {
        foreach (var fault in scheme.UnknownKeys(Keys)) yield return fault;
        foreach (var required in new[] { "ClientId", "ClientSecret" })
            if (scheme[required] is null)
                yield return scheme.Fault(required, "the server doesn't tell anything to a client it doesn't know", $"Write {required}");

        var address = scheme["IntrospectionEndpoint"] is null ? "Authority" : "IntrospectionEndpoint";
        if (scheme[address] is not { } server)
            yield return scheme.Fault(address, "there is no server to ask", "Write Authority or IntrospectionEndpoint");
        else
            foreach (var fault in scheme.AddressFaults(address, server, IsHttpAllowed(scheme, server))) yield return fault;
    }

    public SchemeMemory Memory(SchemeDeclaration scheme, IServiceProvider services)
    {
        _ = services.GetRequiredService<IOptionsMonitor<IntrospectionOptions>>().Get(scheme.Name);
        return SchemeMemory.None;
    }

    /// <summary>Whether a server may be asked without TLS: where the scheme says so, and on the loopback interface.</summary>
    public static bool IsHttpAllowed(SchemeDeclaration scheme, string server) =>
        scheme.IsFalse("RequireHttpsMetadata") || (Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.IsLoopback);
}
