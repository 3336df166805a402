namespace Gateway.Runtime.Dynamic;

/// <summary><c>GlobalConfiguration.DynamicRouting</c>: which services can be asked by their name, where no route fits.</summary>
internal enum DynamicRouting
{
    /// <summary>None.</summary>
    Off,

    /// <summary>Those with an entry in <c>DynamicRoutes</c>: the default where there are routes or aggregates.</summary>
    Listed,

    /// <summary>Every service that the registry knows: the default, as in Ocelot, where there are neither.</summary>
    All,
}
