using Microsoft.AspNetCore.Authentication;

namespace Gateway.Features.Authentication;

/// <summary>A kind of scheme that <c>Authentication:Schemes</c> can declare. Each has its own keys.</summary>
internal interface ISchemeType
{
    /// <summary>The value of <c>Type</c>, in any case.</summary>
    string Name { get; }

    /// <summary>Registers the scheme with the platform.</summary>
    void Register(AuthenticationBuilder authentication, SchemeDeclaration scheme);

    /// <summary>Settings that are misspelt, exclude each other, or can't ever accept a token.</summary>
    IEnumerable<SchemeFault> Faults(SchemeDeclaration scheme);

    /// <summary>What may be remembered of the scheme's answers. Asked for once there are no faults.</summary>
    SchemeMemory Memory(SchemeDeclaration scheme, IServiceProvider services);
}
