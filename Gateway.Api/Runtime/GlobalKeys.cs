using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Runtime.Dynamic;

namespace Gateway.Runtime;

/// <summary>The global keys that hold for the gateway as a whole.</summary>
internal sealed class GlobalKeys : IFeature
{
    /// <summary><c>Ocelot25</c>: what only this gateway refuses becomes a warning, and Ocelot's way is taken where contract 00 offers both.</summary>
    public static readonly SectionKey<Compatibility?> Compatibility = new("Compatibility", Levels.Global);

    /// <summary>True: 405 with <c>Allow</c> where a path is known but not for the verb; default false, 404 as in Ocelot.</summary>
    public static readonly SectionKey<bool?> MethodNotAllowed = new("MethodNotAllowed", Levels.Global);

    /// <summary>True: 504 for a time-out and 503 for a service without instances; default false, 503 and 404 as in Ocelot.</summary>
    public static readonly SectionKey<bool?> StrictStatusCodes = new("StrictStatusCodes", Levels.Global);

    /// <summary><c>Json</c> or <c>Combined</c>: one line for each request; default <c>Off</c>. Never holds a token, a cookie or a query value.</summary>
    public static readonly SectionKey<AccessLogFormat?> AccessLog = new("AccessLog", Levels.Global);

    /// <summary>Which services can be asked by their name, where no route fits.</summary>
    public static readonly SectionKey<DynamicRouting?> DynamicRouting = new("DynamicRouting", Levels.Global);

    public IReadOnlyList<SectionKey> Keys => [Compatibility, MethodNotAllowed, StrictStatusCodes, AccessLog, DynamicRouting, RouteSection.KeyKey];
}

/// <summary>Whose ways to follow where the two differ.</summary>
internal enum Compatibility
{
    Ocelot25,
}
