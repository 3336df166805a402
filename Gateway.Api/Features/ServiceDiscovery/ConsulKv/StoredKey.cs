using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery.Consul;

namespace Gateway.Features.ServiceDiscovery.ConsulKv;

/// <summary>The key under which Consul keeps the configuration, as the local document names it.</summary>
internal sealed record StoredKey(ConsulEndpoint Endpoint, string Key)
{
    private const string Section = "ServiceDiscoveryProvider";

    /// <param name="root">The local document.</param>
    /// <returns>Null where the document names no key, or after a problem was reported.</returns>
    public static StoredKey? Compile(ObjectNode root, IConfiguration environment, ProblemList problems)
    {
        if (Find(root) is not { } member || (member.Value as ObjectNode)?.Find("ConfigurationKey") is null) return null;

        // The rest of the section's home may hold anything; whoever compiles the document will tell.
        var section = new GlobalSection(
            new ObjectNode(member.NameOrigin, [member]), new KeyCatalog([ServiceDiscoveryFeature.Provider]), problems);
        if (section.ReadOwn(ServiceDiscoveryFeature.Provider) is not { ConfigurationKey: { } key } options) return null;
        if (options.Type is { } type && !ConsulProvider.IsNamed(type))
        {
            section.Error($"{Section}.ConfigurationKey", $"only Consul keeps a configuration, and the provider is '{type}'",
                "Remove it, or let routes name the other provider and the global section Consul", ProblemCodes.Conflict);
            return null;
        }
        return ConsulEndpointCompiler.Compile(options, environment, section) is { } endpoint
            ? new StoredKey(endpoint, key.Trim('/'))
            : null;
    }

    /// <summary>The stored document with the local one's way to Consul, where it has none of its own.</summary>
    public static ObjectNode Complete(ObjectNode stored, ObjectNode local)
    {
        const string Global = "GlobalConfiguration";
        if (Find(stored) is not null || Find(local) is not { } way) return stored;
        var member = stored.Find(Global);
        IReadOnlyList<Member> others = (member?.Value as ObjectNode)?.Members ?? [];
        var section = new ObjectNode(member?.Value.Origin ?? way.NameOrigin, [.. others, way]);
        var completed = new Member(Global, member?.NameOrigin ?? way.NameOrigin, section);
        return new ObjectNode(stored.Origin, [.. stored.Members.Where(m => m != member), completed]);
    }

    public override string ToString() => $"consul:{Key}";

    private static Member? Find(ObjectNode root) => (root.Find("GlobalConfiguration")?.Value as ObjectNode)?.Find(Section);
}
