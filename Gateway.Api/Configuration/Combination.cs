namespace Gateway.Configuration;

/// <summary>How a route's section and the global section of the same key become the one that holds (contract 01 §4).</summary>
internal enum Combination
{
    /// <summary>The level's own value only; a global value of the same key means something else, or can't stand there.</summary>
    OwnOnly,

    /// <summary>The route's value, else the global one as a whole.</summary>
    OwnElseGlobal,

    /// <summary>
    /// As <see cref="OwnElseGlobal"/>; but where Ocelot's ways were chosen, a static route has no global value (contract 00, Global defaults).
    /// </summary>
    OwnElseGlobalUnlessOcelots,

    /// <summary>
    /// Property by property, the route first; the global section takes part where its <c>RouteKeys</c> is empty or names the route's
    /// <c>Key</c>. Empty texts and lists count as not written.
    /// </summary>
    FieldByField,

    /// <summary>A dictionary, entry by entry, the route first.</summary>
    KeyByKey,
}
