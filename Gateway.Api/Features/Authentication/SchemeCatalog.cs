using System.Collections.Concurrent;
using Gateway.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using PlatformOptions = Microsoft.AspNetCore.Authentication.AuthenticationOptions;

namespace Gateway.Features.Authentication;

/// <summary>Every scheme that <c>ocelot.json</c> can name: those the host's configuration declares, and those its program registers.</summary>
internal sealed class SchemeCatalog(
    DeclaredSchemes declared, IOptions<PlatformOptions> platform, IServiceProvider services, TimeProvider time, ILogger<SchemeList> logger)
{
    private readonly ConcurrentDictionary<string, SchemeList> _lists = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<SchemeFault>> _faults = new(() => [.. declared.Faults(services)]);

    private IEnumerable<string> Names => platform.Value.Schemes.Select(s => s.Name);

    public bool Knows(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>What to do about a name that isn't known.</summary>
    public string Advice(string name)
    {
        string[] known = [.. Names.Order(StringComparer.Ordinal)];
        if (known.Length == 0) return $"Declare it in {SchemeDeclaration.Schemes}:{name} of appsettings.json or the environment; none is declared yet";
        var nearest = Spelling.Nearest(name, known);
        return $"{(nearest is null ? "" : $"Did you mean '{nearest}'? ")}The schemes are {string.Join(", ", known)}";
    }

    /// <summary>What is wrong with the declared schemes. They are read at start, so it stays the same.</summary>
    public IReadOnlyList<SchemeFault> Faults => _faults.Value;

    /// <summary>The schemes of these names, in this order. All names must be known, and none may have a fault.</summary>
    public SchemeList List(IReadOnlyList<string> names) => _lists.GetOrAdd(string.Join('\n', names), _ => Make(names));

    private SchemeList Make(IReadOnlyList<string> names)
    {
        SchemeMemory[] memories = [.. names.Select(Memory).TakeWhile(m => m.IsAllowed)];
        var validated = memories.Length == 0 ? null : new ValidatedTokens([.. memories.Select(m => m.Keys).OfType<JwtBearer.IssuerKeys>()], time);
        return new SchemeList(names, names.All(TakesBearerTokens), memories.Length, validated, logger);
    }

    // A transformation of the host's may look at more than the token, so nothing is remembered then.
    private SchemeMemory Memory(string name) =>
        services.GetRequiredService<IClaimsTransformation>() is NoopClaimsTransformation ? declared.Memory(name, services) : SchemeMemory.None;

    private bool TakesBearerTokens(string name) =>
        declared.Has(name) || platform.Value.SchemeMap[name].HandlerType?.IsAssignableTo(typeof(JwtBearerHandler)) == true;
}
