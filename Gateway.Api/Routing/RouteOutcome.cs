namespace Gateway.Routing;

/// <summary>What became of a rule whose path fits a request.</summary>
internal enum RouteOutcome
{
    /// <summary>It takes the request.</summary>
    Chosen,

    /// <summary>It fits in everything, but another is asked first.</summary>
    Outranked,

    /// <summary>It belongs to another host.</summary>
    OtherHost,

    /// <summary>It minds case, and the path's differs.</summary>
    OtherCase,

    OtherMethod,

    OtherQuery,

    /// <summary>A header that it asks for is missing or has another value.</summary>
    OtherHeader,
}
