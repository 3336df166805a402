using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation.Plans;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>
/// Puts <c>PayloadMediation</c> on every entry that has a <c>Mediation</c> section; naming it in <c>DelegatingHandlers</c> only fixes its
/// place among the others.
/// </summary>
internal sealed class PayloadMediationFactory : IRouteHandlerFactory
{
    /// <summary>A plan on a route or dynamic route, also one that is a member of an aggregate; globally <c>Profiles</c> and <c>HashKey</c>.</summary>
    public static readonly SectionKey<DocumentNode?> Mediation =
        new("Mediation", Levels.Route | Levels.DynamicRoute | Levels.Global);

    private readonly TimeProvider _time;
    private readonly ILogger<PayloadMediation> _logger;
    private readonly IReadOnlyList<IPayloadHandler> _handlers;
    private readonly Counter<long> _skipped;

    // Without a configured key the masks of one process are equal, and those of two aren't.
    private readonly byte[] _ownKey = RandomNumberGenerator.GetBytes(32);

    public PayloadMediationFactory(TimeProvider time, ILogger<PayloadMediation> logger, IEnumerable<IPayloadHandler> handlers, IMeterFactory meters)
    {
        _time = time;
        _logger = logger;
        _handlers = [.. handlers];
        _skipped = meters.Create("Gateway").CreateCounter<long>("gateway.mediation.skipped", "{answer}", "Answers that mediation passed on as they were, by reason");
    }

    public string Name => "PayloadMediation";

    public bool IsGlobal => false;

    public IReadOnlyList<SectionKey> Keys { get; } = [Mediation];

    public bool IsImplied(RouteSection section) => section.ReadOwn(Mediation) is not null;

    public HandlerFactory? Compile(RouteSection section, RouteBuilder route)
    {
        if (section.ReadOwn(Mediation) is null)
        {
            section.Warning("DelegatingHandlers", "names PayloadMediation, and there is no Mediation section for it to work by",
                "Write a Mediation section, or leave the handler out", ProblemCodes.Missing);
            return null;
        }
        if (Plan(section) is not { } plan) return null;
        route.MediationPlan = plan.Hash;
        return _ => new PayloadMediation(plan, route.Name, _time, _skipped, _logger);
    }

    /// <summary>The plan of an entry; null when it has none, or after a problem.</summary>
    public MediationPlan? Plan(RouteSection section)
    {
        var global = section.Global.Once(this, () => Global(section.Global));
        return section.ReadOwn(Mediation) is { } node
            ? PlanCompiler.Compile(node, $"{section.Path}.Mediation", section.Problems, global.Services, global.Profiles)
            : null;
    }

    private GlobalPart Global(GlobalSection section)
    {
        var path = $"{section.Path}.Mediation";
        var services = new PlanServices { HashKey = _ownKey, Handlers = _handlers };
        if (section.ReadOwn(Mediation) is not { } node) return new GlobalPart(services, MediationProfiles.None);

        var scope = new PlanScope(section.Problems, node, path, MediationSide.Request, new PlanReads(), services);
        if (PlanOptions.Read(node, scope, "Profiles", "HashKey") is not { } options) return new GlobalPart(services, MediationProfiles.None);
        if (options.Text("HashKey") is { } key)
        {
            if (key.Length < 16) options.At("HashKey").Invalid("is too short to keep anything secret", "Write at least 16 characters, such as ${MEDIATION_HASH_KEY}");
            services = new PlanServices { HashKey = Encoding.UTF8.GetBytes(key), Handlers = _handlers };
        }
        if (options.Find("Profiles") is { } named and not ObjectNode) options.At("Profiles").WrongType(named, "an object of profiles");
        var profiles = new MediationProfiles(options.Find("Profiles") as ObjectNode, $"{path}.Profiles");
        PlanCompiler.CheckProfiles(profiles, section.Problems, services);
        return new GlobalPart(services, profiles);
    }

    private sealed record GlobalPart(PlanServices Services, MediationProfiles Profiles);
}
