namespace Gateway.Configuration;

/// <summary>Where in the document a key may stand.</summary>
[Flags]
internal enum Levels
{
    None = 0,

    /// <summary>An entry of <c>Routes</c>.</summary>
    Route = 1,

    /// <summary>An entry of <c>DynamicRoutes</c>.</summary>
    DynamicRoute = 2,

    /// <summary>An entry of <c>Aggregates</c>.</summary>
    Aggregate = 4,

    /// <summary>Directly in <c>GlobalConfiguration</c>.</summary>
    Global = 8,
}
