using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Security;

/// <summary>Refuses callers by their address. Ranges stay ranges, whatever their size; an entry that isn't an address is an error.</summary>
internal sealed class SecurityFeature(ILogger<SecurityStep> logger) : IRouteFeature, IDocumentFeature
{
    public static readonly SectionKey<SecurityOptions?> Key = new("SecurityOptions", Levels.Route | Levels.DynamicRoute | Levels.Global);

    public IReadOnlyList<SectionKey> Keys => [Key];

    public void Compile(OcelotDocument document, SnapshotBuilder snapshot) => Compile(document.Global);

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate) return; // its members are asked, each by its own lists
        var policy = Compile(section) ?? Compile(section.Global);
        if (policy is not null) route.Use(new SecurityStep(policy, logger));
    }

    /// <returns>Null where the section lists no address.</returns>
    private static AddressPolicy? Compile(DocumentSection section)
    {
        if (section.ReadOwn(Key) is not { } options) return null;
        if (options is { IPAllowedList: null, IPBlockedList: null }) return null;
        return new AddressPolicy(
            options.IPAllowedList is null ? null : Ranges(section, nameof(options.IPAllowedList), options.IPAllowedList),
            Ranges(section, nameof(options.IPBlockedList), options.IPBlockedList ?? []),
            options.ExcludeAllowedFromBlocked ?? false);
    }

    private static AddressSet Ranges(DocumentSection section, string list, IReadOnlyList<string> entries)
    {
        var ranges = new List<AddressRange>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (AddressRange.TryParse(entries[i], out var range, out var fault)) ranges.Add(range);
            else section.Error($"{Key.Name}.{list}[{i}]", $"\"{entries[i]}\" {fault}",
                "Write an address, a range (10.0.0.5-10.0.0.9 or 10.0.0.5-9) or a network (10.0.0.0/24)");
        }
        return new AddressSet(ranges);
    }
}
