using Gateway.Configuration;
using Gateway.Features.Authentication.IdentityServer;
using Gateway.Features.Authentication.Introspection;
using Gateway.Features.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Features.Authentication;

/// <summary>What <c>Authentication:Schemes</c> of the host's configuration declares. Read once, when the program starts.</summary>
internal sealed class DeclaredSchemes
{
    private static readonly ISchemeType[] Types = [new JwtBearerSchemeType(), new IdentityServerSchemeType(), new IntrospectionSchemeType()];

    private readonly IReadOnlyList<SchemeDeclaration> _schemes;

    private readonly IConfigurationSection _section;

    public DeclaredSchemes(IConfiguration configuration)
    {
        _section = configuration.GetSection("Authentication");
        _schemes = [.. configuration.GetSection(SchemeDeclaration.Schemes).GetChildren().Select(s => new SchemeDeclaration(s.Key, s))];
    }

    public void Register(AuthenticationBuilder authentication)
    {
        foreach (var scheme in _schemes) TypeOf(scheme)?.Register(authentication, scheme);
    }

    public bool Has(string name) => _schemes.Any(s => s.Name == name);

    public SchemeMemory Memory(string name, IServiceProvider services) =>
        _schemes.FirstOrDefault(s => s.Name == name) is { } scheme && TypeOf(scheme) is { } type ? type.Memory(scheme, services) : SchemeMemory.None;

    public IEnumerable<SchemeFault> Faults(IServiceProvider services) =>
        MisspeltSections().Concat(_schemes.SelectMany(scheme => FaultsOf(scheme, services)));

    // Other keys may be the program's own; one that is nearly right declares schemes that nobody finds.
    private IEnumerable<SchemeFault> MisspeltSections() => _section.GetChildren()
        .Where(s => !s.Key.Equals("Schemes", StringComparison.OrdinalIgnoreCase) && Spelling.Nearest(s.Key, ["Schemes"]) is not null)
        .Select(s => new SchemeFault(s.Path, $"nothing reads the key '{s.Key}' here", "Did you mean 'Schemes'?"));

    private static IEnumerable<SchemeFault> FaultsOf(SchemeDeclaration scheme, IServiceProvider services)
    {
        if (TypeOf(scheme) is not { } type)
        {
            var names = Types.Select(t => t.Name).ToArray();
            var nearest = Spelling.Nearest(scheme.Type, names);
            return [scheme.Fault("Type", $"\"{scheme.Type}\" is no type of scheme",
                nearest is null ? $"Write one of {string.Join(", ", names)}" : $"Did you mean \"{nearest}\"?")];
        }
        SchemeFault[] faults = [.. type.Faults(scheme)];
        return faults.Length > 0 ? faults : PlatformFaults(scheme, type, services);
    }

    // Whatever the platform itself refuses shows when its options are made; without this, only when the first token comes.
    private static IEnumerable<SchemeFault> PlatformFaults(SchemeDeclaration scheme, ISchemeType type, IServiceProvider services)
    {
        try
        {
            type.Memory(scheme, services);
            return [];
        }
        catch (Exception e)
        {
            return [scheme.Fault("", e.Message, "")];
        }
    }

    private static ISchemeType? TypeOf(SchemeDeclaration scheme) =>
        Types.FirstOrDefault(t => string.Equals(t.Name, scheme.Type, StringComparison.OrdinalIgnoreCase));
}
